import type { RunId, TenantId } from '../model/ids.ts';
import type { Database } from '../store/database.ts';
import { listReaches } from '../store/history-reach.ts';
import type { RunKey } from '../store/run-heads.ts';
import { nextTenant } from '../store/tenants.ts';
import { isWorthColumns } from './column-maker.ts';

const RUNS_OF_A_PAGE = 100;
/** Each run has two. */
const STREAMS = 2;

/**
 * Walks over all runs again and again, a page at a time, and finds those that lack columns: runs that ended while
 * no node was there to make some, and those that go on for long.
 */
export class UncoveredRuns {
  readonly #database: Database;
  #tenant: TenantId | undefined;
  /** Where the next page begins; `undefined` when the tenant is done. */
  #run: RunId | undefined;

  constructor(database: Database) {
    this.#database = database;
  }

  /** Looks at the next page, of one tenant, its newest runs first. @returns runs that are worth columns */
  async look(): Promise<RunKey[]> {
    if (this.#run === undefined) this.#tenant = await nextTenant(this.#database, this.#tenant);
    if (this.#tenant === undefined) return [];
    const page = await listReaches(this.#database, this.#tenant, this.#run, RUNS_OF_A_PAGE);
    const isLast = page.length < STREAMS * RUNS_OF_A_PAGE;
    this.#run = isLast ? undefined : page.at(-1)?.runId;
    return page.filter(isWorthColumns);
  }
}
