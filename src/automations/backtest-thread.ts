import type { Worker } from 'node:worker_threads';
import type { PoolConfig } from 'pg';
import type { BacktestKey } from '../store/backtests.ts';
import { startThread } from '../threads/start-thread.ts';
import type { BacktestTask } from './run-backtest.ts';

/** What the thread is started with. */
export interface BacktestThreadData {
  readonly connection: PoolConfig;
  readonly key: BacktestKey;
  readonly task: BacktestTask;
  /** Milliseconds by which the server's clock is ahead of this machine's. */
  readonly clockAhead: number;
}

/** What the thread says when it could not end as it should; else it keeps the outcome and says nothing. */
export interface BacktestFailure {
  readonly reason: string;
}

/** Starts a thread for one backtest: ingest does not wait for it (data model, section 9). */
export function startBacktestThread(data: BacktestThreadData): Worker {
  return startThread(import.meta.url, 'run-backtest-thread', data);
}
