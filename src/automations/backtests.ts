import type { Worker } from 'node:worker_threads';
import type { PoolConfig } from 'pg';
import { TriplineError } from '../model/error.ts';
import { type BacktestKey, endBacktest } from '../store/backtests.ts';
import type { Ground } from '../store/ground.ts';
import { type BacktestFailure, startBacktestThread } from './backtest-thread.ts';
import type { BacktestTask } from './run-backtest.ts';

/** Backtests of one node at the same time: each takes a core. */
const MOST_AT_ONCE = 2;

/** The backtests that run on this node, each in a thread of its own. */
export class Backtests {
  readonly #ground: Pick<Ground, 'database' | 'clock'>;
  readonly #connection: PoolConfig;
  readonly #onFailure: (error: Error) => void;
  #starting = 0;
  readonly #running = new Map<string, { readonly worker: Worker; readonly ended: Promise<void> }>();

  /** @param connection for the threads, which have their own @param onFailure told of what went wrong in one */
  constructor(ground: Pick<Ground, 'database' | 'clock'>, connection: PoolConfig, onFailure: (error: Error) => void) {
    this.#ground = ground;
    this.#connection = connection;
    this.#onFailure = onFailure;
  }

  /**
   * Keeps a backtest and runs it.
   *
   * @throws TriplineError overloaded when this node has no room for another one
   */
  async start(key: BacktestKey, task: BacktestTask, keep: () => Promise<void>): Promise<void> {
    this.#requireRoom();
    this.#starting += 1;
    try {
      await keep();
      const clockAhead = this.#ground.clock.now() - Date.now();
      const worker = startBacktestThread({ connection: this.#connection, key, task, clockAhead });
      this.#running.set(key.backtestId, { worker, ended: this.#watch(key, worker) });
    } finally {
      this.#starting -= 1;
    }
  }

  /** Breaks a backtest off, if it runs here. */
  async kill({ backtestId }: BacktestKey): Promise<void> {
    const running = this.#running.get(backtestId);
    await running?.worker.terminate();
    await running?.ended;
  }

  /** Breaks all of them off. */
  async stop(): Promise<void> {
    const all = [...this.#running.values()];
    await Promise.all(all.map(({ worker }) => worker.terminate()));
    await Promise.all(all.map(({ ended }) => ended));
  }

  #requireRoom(): void {
    if (this.#running.size + this.#starting < MOST_AT_ONCE) return;
    const message = `${MOST_AT_ONCE} backtests run on this node already: try again when one has ended`;
    throw new TriplineError('overloaded', message, { retryAfter: 10 });
  }

  async #watch(key: BacktestKey, worker: Worker): Promise<void> {
    const failure = await outcomeOf(worker);
    this.#running.delete(key.backtestId);
    if (failure !== undefined) this.#onFailure(failure);
    await this.#close(key).catch(this.#onFailure);
  }

  /** One that has told its outcome, or was cancelled, stays as it is. */
  async #close(key: BacktestKey): Promise<void> {
    const { database, clock } = this.#ground;
    const error = 'it was broken off by a fault or a restart of the server: start it again';
    await endBacktest(database, key, { status: 'failed', error }, clock.now());
  }
}

/** Settles when the thread has ended, with what went wrong in it. */
function outcomeOf(worker: Worker): Promise<Error | undefined> {
  return new Promise((resolve) => {
    let failure: Error | undefined;
    worker.on('message', ({ reason }: BacktestFailure) => {
      failure = new Error(reason);
    });
    worker.on('error', (error) => {
      failure = error instanceof Error ? error : new Error(String(error));
    });
    worker.on('exit', () => resolve(failure));
  });
}
