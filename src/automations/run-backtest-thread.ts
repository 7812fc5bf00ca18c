import { parentPort, workerData } from 'node:worker_threads';
import type { BacktestReport } from '../engine/backtest-report.ts';
import { beatBacktest, endBacktest } from '../store/backtests.ts';
import { openDatabase } from '../store/database.ts';
import type { BacktestFailure, BacktestThreadData } from './backtest-thread.ts';
import { runBacktest } from './run-backtest.ts';

/*
 * A thread of its own, with a connection of its own: what it reads, inflates and judges costs the thread that serves
 * requests nothing (data model, section 9). What it finds is kept in the database, where every node can read it.
 */

/** Between two tellings of how far it is; so long, at most, a cancelled backtest goes on. */
const TELL_MS = 500;

const { connection, key, task, clockAhead } = workerData as BacktestThreadData;
const database = openDatabase({ connection, connections: 2, onConnectionError: () => {} });
const now = (): number => Date.now() + clockAhead;
let told = performance.now();

async function proceed(report: BacktestReport): Promise<boolean> {
  if (performance.now() - told < TELL_MS) return true;
  told = performance.now();
  return beatBacktest(database, key, report, now());
}

try {
  const report = await runBacktest(database, task, proceed);
  await endBacktest(database, key, { status: 'finished', report }, now());
} catch (error) {
  const failure: BacktestFailure = { reason: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  parentPort?.postMessage(failure);
} finally {
  await database.close();
}
