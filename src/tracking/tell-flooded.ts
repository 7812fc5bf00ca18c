import { listedAutomation } from '../store/automation-lists.ts';
import type { Transaction } from '../store/database.ts';
import type { MeterKey } from '../store/meters.ts';
import { tellAdmins } from '../store/notices.ts';
import { countOwnFirings } from '../store/own-firings.ts';
import type { TrackingRoom } from './room.ts';

/** Tells admins, and with them the author, that matches of automations begin to be skipped (automations, section 2.9). */
export async function tellFlooded(
  { ground }: Pick<TrackingRoom, 'ground'>,
  tx: Transaction,
  flooded: readonly MeterKey[],
): Promise<void> {
  for (const { tenantId, automationId } of flooded) {
    const automation = await listedAutomation(tx, automationId);
    if (automation === undefined) continue;
    const { id, name, entityName: entity, author, createdBy } = automation;
    const own = await countOwnFirings(tx, { tenantId, automationId, createdBy, until: ground.clock.now() });
    const captured = {
      type: 'AUTOMATION_TROUBLE',
      automation: { id, name, entity },
      trouble: 'rate_limited',
      reason: reasonOf(own, author),
    } as const;
    await tellAdmins(ground, tx, { tenantId: automation.tenantId, subjectKind: 'automation', subjectId: id, captured });
  }
}

function reasonOf(own: number, author: string | null): string {
  const skips = 'More matches wait for their turn than may: further ones are skipped, and can be run anyway.';
  if (own === 0 || author === null) return skips;
  return `${skips} Within 24 hours it was fired ${own} times by its own author, ${author}: it may answer itself.`;
}
