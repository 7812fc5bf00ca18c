import { demand } from '../access/demand.ts';
import { invalid } from '../model/error.ts';
import { authorOf, type Viewer } from '../model/viewer.ts';
import type { Collection } from '../store/collections.ts';
import type { Transaction } from '../store/database.ts';
import type { ProjectPlace } from '../store/projects.ts';
import { placesNumbered } from '../store/version-places.ts';
import { type LockedVersion, lockVersions, startingOver } from './lock-versions.ts';
import { describeLoss } from './loss-of-aliases.ts';
import { removeVersions, TOGETHER } from './remove-versions.ts';
import type { TrackingRoom } from './room.ts';

/** Some versions of a sequence, by their numbers there; those that there are not are left out. */
export interface SomeVersions {
  readonly project: ProjectPlace;
  readonly sequence: Collection;
  readonly numbers: readonly number[];
  /** Only tells what would become of them. */
  readonly dryRun: boolean;
}

/** What becomes of a version that is to be deleted. */
export interface VersionFate {
  readonly versionIndex: number;
  /** Collections that it is linked to. */
  readonly links: number;
  /** The aliases for which it is kept, for people; `undefined` where it is deleted. */
  readonly kept: string | undefined;
}

/**
 * Deletes some versions of a sequence, so many at a time, wherever they are linked; those that aliases other than
 * `latest` lead to are kept.
 *
 * @returns what became of each that there was
 * @throws TriplineError forbidden; invalid for a portfolio, whose versions lie elsewhere
 */
export async function deleteVersions(room: TrackingRoom, viewer: Viewer, some: SomeVersions): Promise<VersionFate[]> {
  const { project, sequence, numbers } = some;
  demand(viewer, 'log', project, `collection '${sequence.name}'`);
  if (sequence.kind !== 'sequence')
    throw invalid(`'${sequence.name}' holds links: end those, or delete the versions where they were logged`);
  const fates: VersionFate[] = [];
  for (let from = 0; from < numbers.length; from += TOGETHER) {
    const next = { ...some, numbers: numbers.slice(from, from + TOGETHER) };
    const done = await startingOver(room.ground.database, (tx) => deleteSome(room, tx, viewer, next));
    room.woken(done.woken);
    fates.push(...done.fates);
  }
  return fates;
}

async function deleteSome(room: TrackingRoom, tx: Transaction, viewer: Viewer, some: SomeVersions) {
  const { sequence, numbers, dryRun } = some;
  const choose = async () => (await placesNumbered(tx, sequence, numbers)).map(({ artifactId }) => artifactId);
  const locked = await lockVersions(tx, { tenantId: sequence.tenantId, choose, collections: [sequence] });
  if (locked === undefined) return undefined;
  const living = locked.filter(({ artifact }) => artifact.state !== 'deleted');
  const fates: VersionFate[] = [];
  const over: LockedVersion[] = [];
  for (const version of living) {
    const [place, ...links] = version.places;
    if (place === undefined) continue;
    const kept = await describeLoss(tx, viewer, version.places);
    fates.push({ versionIndex: place.versionIndex, links: links.length, kept });
    if (kept === undefined) over.push(version);
  }
  const remover = { author: authorOf(viewer).username, actor: viewer };
  return { fates, woken: dryRun ? [] : await removeVersions(room, tx, remover, over) };
}
