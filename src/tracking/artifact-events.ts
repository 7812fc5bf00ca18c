import { firedAt } from '../engine/artifact-match.ts';
import type { ArtifactAutomation } from '../engine/automation.ts';
import { artifactFacts, type CapturedArtifactEvent } from '../events/artifact-events.ts';
import type { AutomationId, IntegrationId } from '../model/ids.ts';
import type { Json } from '../model/json.ts';
import type { Transaction } from '../store/database.ts';
import { readSubjects } from '../store/read-subjects.ts';
import { type ArtifactChange, placesOf, versionsOf } from './artifact-change.ts';
import { type Sight, sightsOf } from './artifact-sights.ts';
import { Caused } from './caused.ts';
import { meterFirings } from './meter-firings.ts';
import type { TrackingRoom } from './room.ts';
import type { Books } from './rulebooks.ts';
import { saveFirings } from './save-firings.ts';

export type { ArtifactChange, CollectionPlace, VersionPlace } from './artifact-change.ts';

/**
 * Saves the events of what a deed changed, in their order, and what they fire, in the deed's transaction: after its
 * locks and its changes (design).
 *
 * A version's tag is one change at all its places. It gives an event at the first of them, and at each further one
 * where it fires an automation that no earlier place has fired: so the event is of the collection that is reported,
 * and belongs to its owner.
 *
 * @param author user name of whoever did it
 * @returns the destinations that have new work: to be woken after the commit
 */
export async function causeArtifactEvents(
  room: TrackingRoom,
  tx: Transaction,
  author: string,
  changes: readonly ArtifactChange[],
): Promise<readonly IntegrationId[]> {
  if (changes.length === 0) return [];
  const subjects = await readSubjects(room, tx, changes.flatMap(placesOf), changes.flatMap(versionsOf));
  const sights = changes.map((change) => sightsOf(subjects, author, change));
  const books = await room.rulebooks.booksFor(
    tx,
    sights.flat().map(({ subject }) => subject.tenantId),
  );
  const caused = new Caused(room.ground);
  for (const ofOneChange of sights) addEvents(caused, books, ofOneChange);
  const { events, executions, destinations } = caused;
  await saveFirings(room, tx, await meterFirings(room, tx, { events, executions, moves: [] }));
  return destinations;
}

/** Adds the events of one change: each automation answers the first of its sights that it sees. */
function addEvents(caused: Caused, books: Books, sights: readonly Sight[]): void {
  const answered = new Set<AutomationId>();
  for (const [at, { subject, place, captured }] of sights.entries()) {
    const { rootId, book } = books(place.tenantId);
    const fired = firedAt(book, { ...place, rootId }, captured).filter(({ id }) => !answered.has(id));
    if (at > 0 && fired.length === 0) continue;
    for (const { id } of fired) answered.add(id);
    caused.add(
      subject,
      captured,
      fired.map((automation) => ({ automation, explanation: explained(automation, captured) })),
    );
  }
}

/** What the filter saw in the fields that it names. */
function explained({ filter }: ArtifactAutomation, captured: CapturedArtifactEvent): Json {
  const facts = artifactFacts(captured);
  return Object.fromEntries([...filter.fields].map((field) => [field, facts(field) ?? null]));
}
