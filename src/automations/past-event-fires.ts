import { firedAt } from '../engine/artifact-match.ts';
import {
  type ArtifactAutomation,
  isArtifactAutomation,
  isStateAutomation,
  type LiveAutomation,
} from '../engine/automation.ts';
import { Rulebook } from '../engine/rulebook.ts';
import { isArtifactEvent } from '../events/artifact-events.ts';
import type { CapturedEvent } from '../events/index.ts';
import type { RunState } from '../events/run-state.ts';
import { runFacts } from '../events/run-subject.ts';
import { matches } from '../filter/match.ts';
import { asId, type CollectionId, type EntityId, type TenantId } from '../model/ids.ts';
import type { SubjectEvent } from '../store/subject-events.ts';

/** Where past events happened. */
export interface PastPlace {
  readonly rootId: EntityId;
  readonly tenantId: TenantId;
  /** The name of the collection that is watched; `null` when it is not one. */
  readonly collection: string | null;
}

/** Whether an event of its type would have fired the automation. */
export function pastEventFires(automation: LiveAutomation, place: PastPlace): (event: SubjectEvent) => boolean {
  if (isStateAutomation(automation)) return ({ captured }) => entered(automation, captured);
  if (!isArtifactAutomation(automation)) return () => false;
  const book = new Rulebook();
  book.patch([{ id: automation.id, automation }]);
  return (event) => firesAt(book, automation, place, event);
}

function entered({ event, filter }: LiveAutomation<RunState>, captured: CapturedEvent): boolean {
  if (captured.type !== 'RUN_STATE') return false;
  return event.states.includes(captured.state) && matches(filter, runFacts(captured.run));
}

function firesAt(
  book: Rulebook,
  { id, scope }: ArtifactAutomation,
  { rootId, tenantId, collection }: PastPlace,
  { captured, projectId }: SubjectEvent,
): boolean {
  if (!isArtifactEvent(captured) || projectId === null) return false;
  const { name } = 'version' in captured ? captured.version.collection : captured.collection;
  // an event keeps the name of its collection
  const collectionId = asId<CollectionId>(collection === name ? scope.id : '0');
  return firedAt(book, { rootId, tenantId, projectId, collectionId }, captured).some((fired) => fired.id === id);
}
