import { parentPort, workerData } from 'node:worker_threads';
import { openDatabase } from '../store/database.ts';
import type { Reach } from '../store/history-reach.ts';
import type { ThreadAnswer, ThreadData } from './column-thread.ts';
import { makeColumns } from './make-columns.ts';

/*
 * A thread of its own, with a connection of its own: what it reads, inflates, parses and deflates costs the thread
 * that serves requests nothing (data model, section 9).
 */

const { connection } = workerData as ThreadData;
// a connection that breaks fails the statement that needs it, which is told
const database = openDatabase({ connection, connections: 1, onConnectionError: () => {} });

parentPort?.on('message', async (reach: Reach | null) => {
  if (reach === null) {
    await database.close();
    parentPort?.close();
    return;
  }
  parentPort?.postMessage(await answerTo(reach));
});

function answerTo(reach: Reach): Promise<ThreadAnswer> {
  return makeColumns(database, reach).then(
    () => ({ kind: 'made' }),
    (error: unknown) => ({ kind: 'failed', reason: error instanceof Error ? error.message : String(error) }),
  );
}
