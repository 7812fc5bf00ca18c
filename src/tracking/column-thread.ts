import type { Worker } from 'node:worker_threads';
import type { PoolConfig } from 'pg';
import type { Reach } from '../store/history-reach.ts';
import { startThread } from '../threads/start-thread.ts';

/** What the thread is started with. */
export interface ThreadData {
  readonly connection: PoolConfig;
}

/** What the thread says when it is done with one stream. */
export type ThreadAnswer = { readonly kind: 'made' } | { readonly kind: 'failed'; readonly reason: string };

/** The thread that makes columns, seen from the one that starts it. It works on one stream at a time. */
export class ColumnThread {
  readonly #worker: Worker;
  #ended = false;

  constructor(data: ThreadData) {
    this.#worker = startThread(import.meta.url, 'make-columns-thread', data);
    this.#worker.once('exit', () => {
      this.#ended = true;
    });
    // what kills it is told to whoever waits
    this.#worker.on('error', () => {});
  }

  /** Whether it can take no more work. */
  get ended(): boolean {
    return this.#ended;
  }

  /** Makes the columns that a stream lacks. @throws Error when that fails, or the thread dies of it */
  make(reach: Reach): Promise<void> {
    return new Promise((resolve, reject) => {
      const settle = (outcome: () => void): void => {
        this.#worker.off('message', onMessage).off('error', onError).off('exit', onExit);
        outcome();
      };
      const onMessage = (answer: ThreadAnswer): void =>
        settle(answer.kind === 'made' ? resolve : () => reject(new Error(answer.reason)));
      const onError = (error: Error): void => settle(() => reject(error));
      const onExit = (): void => settle(() => reject(new Error('the thread that makes columns has ended')));
      this.#worker.on('message', onMessage).on('error', onError).on('exit', onExit);
      this.#worker.postMessage(reach);
    });
  }

  /** Lets it close its connection and end. */
  async end(): Promise<void> {
    if (this.#ended) return;
    const ended = new Promise((resolve) => this.#worker.once('exit', resolve));
    this.#worker.postMessage(null);
    await ended;
  }

  /** Ends it in the middle of its work, of which nothing stays that is not whole. */
  async kill(): Promise<void> {
    await this.#worker.terminate();
  }
}
