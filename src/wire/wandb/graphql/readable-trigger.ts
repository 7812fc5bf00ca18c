import { readDefinition } from '../../../engine/definition.ts';
import type { EventType } from '../../../events/index.ts';
import type { ListedAutomation } from '../../../store/automation-lists.ts';
import { type ClientVersion, isOlder } from './client-version.ts';

/** The first release whose models have what earlier ones refuse, and a whole list with it. */
const EVENT_SINCE: Readonly<Partial<Record<EventType, ClientVersion>>> = {
  RUN_METRIC_ZSCORE: [0, 23, 1],
  RUN_STATE: [0, 23, 1],
  UNLINK_ARTIFACT: [0, 27, 1],
  ADD_ARTIFACT_TAG: [0, 27, 1],
  REMOVE_ARTIFACT_TAG: [0, 27, 1],
  ADD_COLLECTION_TAG: [0, 27, 1],
  REMOVE_COLLECTION_TAG: [0, 27, 1],
};
const ENTITY_SCOPE_SINCE: ClientVersion = [0, 28, 1];

/** Whether the asking client can read an automation; one that does not tell its release is taken for the newest. */
export function isReadable(automation: ListedAutomation, client: ClientVersion | undefined): boolean {
  if (client === undefined) return true;
  if (automation.scopeKind === 'entity' && isOlder(client, ENTITY_SCOPE_SINCE)) return false;
  const since = EVENT_SINCE[readDefinition(automation.definition).event.type];
  return since === undefined || !isOlder(client, since);
}
