import type { UserId } from '../../../model/ids.ts';
import type { RunKey } from '../../../store/run-heads.ts';
import { configTexts, fileCounts, type RunText, summaryTexts } from '../../../store/run-views.ts';
import { type User, usersById } from '../../../store/users-by-id.ts';
import { Batch } from './batch.ts';
import type { GraphqlContext } from './context.ts';

/** What the runs of a page ask for only when it is selected, each with one statement for the page. */
export interface RunLoaders {
  readonly config: Batch<RunKey, string>;
  readonly summary: Batch<RunKey, string>;
  readonly fileCount: Batch<RunKey, number>;
  readonly user: Batch<UserId, User>;
}

/** The loaders of one request. */
export function runLoaders({ ground: { database }, once }: GraphqlContext): Promise<RunLoaders> {
  return once('run loaders', async () => ({
    config: new Batch(nameOf, async (keys) => byRun(await configTexts(database, keys))),
    summary: new Batch(nameOf, async (keys) => byRun(await summaryTexts(database, keys))),
    fileCount: new Batch(
      nameOf,
      async (keys) => new Map((await fileCounts(database, keys)).map(({ runId, count }) => [runId, count])),
    ),
    user: new Batch(
      (id) => id,
      async (ids) => new Map((await usersById(database, ids)).map((user) => [user.id, user])),
    ),
  }));
}

/** Run ids are unique without their tenant. */
function nameOf({ runId }: RunKey): string {
  return runId;
}

function byRun(texts: readonly RunText[]): Map<string, string> {
  return new Map(texts.map(({ runId, text }) => [runId, text]));
}
