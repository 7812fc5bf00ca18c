import type { Instant } from '../model/clock.ts';
import { markArtifactsDeleted } from '../store/artifact-edits.ts';
import { removeCollectionsOf } from '../store/collection-removals.ts';
import type { CollectionKey } from '../store/collections.ts';
import { lockUnplaced, markCollectionEmptied, stillUnplaced } from '../store/dead-collections.ts';
import { lockDeadProject, markProjectEmptied, runsIn } from '../store/dead-projects.ts';
import { lockDeadRun, markRunEmptied, removeSomeFiles, removeSomeRows } from '../store/dead-runs.ts';
import type { Ground } from '../store/ground.ts';
import { removeRun } from '../store/run-removals.ts';

const RUNS_AT_ONCE = 100;
const FILES_AT_ONCE = 1_000;
const ROWS_AT_ONCE = 1_000;
const VERSIONS_AT_ONCE = 100;

/**
 * Removes the next runs, and with the last of them the collections, of a project that was deleted before an instant.
 *
 * @returns whether there was one
 */
export async function emptyDeadProject({ database, clock }: Ground, before: Instant): Promise<boolean> {
  return database.transaction(async (tx) => {
    const project = await lockDeadProject(tx, before);
    if (project === undefined) return false;
    const now = clock.now();
    const runs = await runsIn(tx, project, RUNS_AT_ONCE);
    for (const run of runs) await removeRun(tx, run, now);
    if (runs.length === RUNS_AT_ONCE) return true;
    await removeCollectionsOf(tx, { ...project, now });
    await markProjectEmptied(tx, project, now);
    return true;
  });
}

/** Removes the next files, then the next rows, of a run that was deleted before an instant. @returns whether there was one */
export async function emptyDeadRun({ database, clock }: Ground, before: Instant): Promise<boolean> {
  return database.transaction(async (tx) => {
    const run = await lockDeadRun(tx, before);
    if (run === undefined) return false;
    if (!(await removeSomeFiles(tx, run, FILES_AT_ONCE))) return true;
    if (await removeSomeRows(tx, run, ROWS_AT_ONCE)) await markRunEmptied(tx, run, clock.now());
    return true;
  });
}

/**
 * Deletes the versions of a deleted sequence that no living collection holds. One that a registry links to lives on
 * until that link ends: who published it there relies on it, whatever becomes of the project it came from.
 */
export async function emptyDeadCollection({ database, clock }: Ground, collection: CollectionKey): Promise<void> {
  for (let found = VERSIONS_AT_ONCE; found === VERSIONS_AT_ONCE; ) {
    found = await database.transaction(async (tx) => {
      const locked = await lockUnplaced(tx, collection, VERSIONS_AT_ONCE);
      const dead = await stillUnplaced(tx, collection, locked);
      await markArtifactsDeleted(tx, collection.tenantId, dead, clock.now());
      return locked.length;
    });
  }
  await markCollectionEmptied(database, collection, clock.now());
}
