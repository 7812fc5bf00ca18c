import { setTimeout as delay } from 'node:timers/promises';
import { openDatabase } from '../src/store/database.ts';
import { rest } from '../test/support/rest.ts';
import { openScene, type Scene } from '../test/support/scene.ts';
import { until } from '../test/support/wait.ts';
import type { Bench } from './bench.ts';
import { percentile } from './percentile.ts';
import { atMost, ms, round, say, title } from './report.ts';
import { startedServer } from './started-server.ts';

const RUNS = 1_000;
/** Values of the metric, in each run. */
const VALUES = 500;
/** Runs that are logged at the same time. */
const LANES = 16;
const ASKED = 5;
/** How often a page looks how far the preview is. */
const POLL_MS = 50;

/** From the request to the outcome, in milliseconds. */
const AIM_MS = 1_000;

interface Backtest {
  readonly id: string;
  readonly status: string;
  readonly values: number;
  readonly fired: number;
}

/** How soon the builder can show what a draft would have done over all runs of a project in the last 30 days. */
export async function measurePreview(bench: Bench): Promise<void> {
  const server = await startedServer(bench);
  const scene = await openScene(server, bench.receiver);
  await logRuns(scene);
  await untilColumns(server.databaseUrl);
  title(`preview: ${round(RUNS)} runs of ${VALUES} values, one backtest after the other`);
  for (const [what, event] of Object.entries(EVENTS)) {
    const taken: number[] = [];
    let fired = 0;
    for (let count = 0; count < ASKED; count += 1) {
      const begun = performance.now();
      fired = await previewed(scene, event);
      taken.push(performance.now() - begun);
    }
    const longest = Math.max(...taken);
    const note = `p50 ${ms(percentile(taken, 50))}; ${round(fired)} firings`;
    say(`${what}: longest of ${ASKED}`, ms(longest), { aim: atMost(longest, AIM_MS, ms), note });
  }
  await server.dispose();
}

const metric = { type: 'RUN_METRIC', metric: 'loss', comparison: '$gt' };
const EVENTS = {
  'a threshold that is never met': { ...metric, threshold: 100 },
  'a mean of 10 that some runs meet': { ...metric, aggregation: 'AVERAGE', window: 10, threshold: 3.85 },
  'a threshold that each run meets': { ...metric, threshold: 1 },
  'a z-score': { type: 'RUN_METRIC_ZSCORE', metric: 'loss', window: 30, threshold: 4 },
  'a state': { type: 'RUN_STATE', states: ['FINISHED'] },
} as const;

async function logRuns(scene: Scene): Promise<void> {
  let next = 0;
  const lane = async (): Promise<void> => {
    for (let number = next++; number < RUNS; number = next++) {
      const run = await scene.run({ displayName: `run ${number}` });
      await run.log(...Array.from({ length: VALUES }, (_, step) => ({ _step: step, loss: valueAt(step, number) })));
      await run.finish();
    }
  };
  await Promise.all(Array.from({ length: LANES }, lane));
}

/** A thread makes the columns of what has ended, one run after the other. */
async function untilColumns(connectionString: string): Promise<void> {
  const database = openDatabase({ connection: { connectionString }, connections: 1, onConnectionError: () => {} });
  const made = async () => {
    const [row] = await database.query<{ runs: number }>(
      `select count(*)::float8 as runs from history_reach where stream = 'history' and lines = $1::bigint`,
      [VALUES],
    );
    return row?.runs === RUNS;
  };
  await until('columns of all runs', made, { within: 180_000 });
  await database.close();
}

/** A noisy curve that falls, from another height in each run. */
function valueAt(step: number, run: number): number {
  const noise = Math.abs(Math.sin((step + run * 517) * 12.9898) * 43758.5453) % 1;
  return 1 + noise + (2 + (run % 20) / 20) / (1 + step / 50);
}

async function previewed({ server, person, team, project }: Scene, event: object): Promise<number> {
  const path = `/entities/${team}/backtests`;
  const body = { scope: { kind: 'project', project }, event };
  const { id } = await rest<Backtest>(server, person.key, path, { method: 'POST', body });
  let found = { id, status: 'running', values: 0, fired: 0 };
  while (found.status === 'running') {
    await delay(POLL_MS);
    found = await rest<Backtest>(server, person.key, `${path}/${id}`);
  }
  if (found.status !== 'finished') throw new Error(`the preview ${found.status}`);
  if ('metric' in event && found.values !== RUNS * VALUES) throw new Error(`${found.values} values were judged`);
  return found.fired;
}
