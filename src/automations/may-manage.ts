import { permits } from '../access/permits.ts';
import type { Viewer } from '../model/viewer.ts';
import { type ListedAutomation, placeOfAutomation } from '../store/automation-lists.ts';

/** Whether a viewer may change, enable, disable and delete an automation (automations, section 1.4). */
export function mayManage(viewer: Viewer, automation: ListedAutomation): boolean {
  const own = automation.createdBy === viewer.userId;
  return permits(viewer, 'edit_automation', placeOfAutomation(automation), { own });
}
