import type { PoolConfig } from 'pg';
import { hasEnded } from '../model/run-state.ts';
import { BLOCK_LINES } from '../store/column-block.ts';
import type { Ground } from '../store/ground.ts';
import { endReachLease, findReaches, leaseReach, type Reach } from '../store/history-reach.ts';
import { type RunKey, runKeyText } from '../store/run-heads.ts';
import { ColumnThread } from './column-thread.ts';

/** For so long other nodes leave a stream alone; ten million lines take a few minutes. */
const LEASE_MS = 15 * 60_000;
/** Fewer lines than this at the end of a run are read as they are: a thousand such runs take a preview half a second. */
const LEAST_LINES = 128;
/** What is asked for beyond these is left to whoever looks for it later. */
const MOST_WAITING = 10_000;

/** Whether a stream has so many lines in no column that making some is worth while. */
export function isWorthColumns({ state, lines, covered }: Reach): boolean {
  return lines - covered >= (hasEnded(state) ? LEAST_LINES : BLOCK_LINES);
}

/**
 * Makes columns of the runs it is asked for, one after the other, in a thread that lives while there is work. All
 * of it may fail or be cut off at any moment: history is whole without it, and what is missing is made later.
 */
export class ColumnMaker {
  readonly #ground: Ground;
  readonly #connection: PoolConfig;
  readonly #onFailure: (error: unknown) => void;
  readonly #waiting = new Map<string, RunKey>();
  #thread: ColumnThread | undefined;
  #work: Promise<void> | undefined;
  #stopped = false;

  /** @param connection for the thread, which has its own */
  constructor(ground: Ground, connection: PoolConfig, onFailure: (error: unknown) => void) {
    this.#ground = ground;
    this.#connection = connection;
    this.#onFailure = onFailure;
  }

  /** Runs that wait for columns. */
  get waiting(): number {
    return this.#waiting.size;
  }

  /** Has the columns of a run made soon, if it lacks enough of them. */
  want({ tenantId, runId }: RunKey): void {
    if (this.#stopped || this.#waiting.size >= MOST_WAITING) return;
    this.#waiting.set(runKeyText({ tenantId, runId }), { tenantId, runId });
    this.#work ??= this.#workOff();
  }

  /** Settles when nothing is left to do. */
  async settled(): Promise<void> {
    await this.#work;
  }

  /** Breaks off. */
  async stop(): Promise<void> {
    this.#stopped = true;
    this.#waiting.clear();
    await this.#thread?.kill();
    await this.#work;
  }

  async #workOff(): Promise<void> {
    // also those that come to wait meanwhile
    for (const [name, run] of this.#waiting) {
      this.#waiting.delete(name);
      await this.#makeFor(run).catch((error) => this.#fail(error));
    }
    await this.#thread?.end();
    this.#thread = undefined;
    this.#work = undefined;
    const [next] = this.#waiting.values();
    if (next !== undefined) this.want(next);
  }

  async #makeFor(run: RunKey): Promise<void> {
    const { database, clock } = this.#ground;
    for (const reach of (await findReaches(database, run)).filter(isWorthColumns)) {
      const now = clock.now();
      if (!(await database.transaction((tx) => leaseReach(tx, reach, now, now + LEASE_MS)))) continue;
      if (this.#stopped) return;
      if (this.#thread === undefined || this.#thread.ended) {
        this.#thread = new ColumnThread({ connection: this.#connection });
      }
      await this.#thread.make(reach).catch((error) => {
        // a failure leaves the lease as it is: nobody tries again at once
        if (!this.#stopped) throw error;
      });
      await endReachLease(database, reach);
    }
  }

  #fail(error: unknown): void {
    if (!this.#stopped) this.#onFailure(error);
  }
}
