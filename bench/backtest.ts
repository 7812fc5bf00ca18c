import { rest } from '../test/support/rest.ts';
import { openScene, type Scene } from '../test/support/scene.ts';
import { until } from '../test/support/wait.ts';
import type { Bench } from './bench.ts';
import { cpuTimeOf } from './cpu-time.ts';
import { percentile } from './percentile.ts';
import { atLeast, atMost, ms, percent, round, say, title } from './report.ts';
import { startedServer } from './started-server.ts';

/** Values of the metric, in one run. */
const POINTS = 1_000_000;
const LINES_A_REQUEST = 5_000;
const ASKED = 20;
/** Answers before those that are measured. */
const WARM = 5;

const AIM = { points: 1_000_000, why: 50 };

interface Backtest {
  readonly id: string;
  readonly status: string;
  readonly values: number;
  readonly createdAt: string;
  readonly endedAt: string | null;
}

/** How many stored values a backtest judges in a second of CPU time, the start of its thread included, and how soon it is told why an automation did not fire. */
export async function measureBacktest(bench: Bench): Promise<void> {
  const server = await startedServer(bench);
  const scene = await openScene(server, bench.receiver);
  const automations = await Promise.all(Object.values(EVENTS).map((event) => automated(scene, event)));
  const run = await scene.run();
  for (let first = 0; first < POINTS; first += LINES_A_REQUEST) {
    await run.log(
      ...Array.from({ length: LINES_A_REQUEST }, (_, at) => ({ _step: first + at, loss: valueAt(first + at) })),
    );
  }
  await run.finish();
  for (const automation of automations) await untilCounted(scene, automation, run.id);
  title(`backtest: ${round(POINTS)} stored values of one run, one core`);
  for (const [what, event] of Object.entries(EVENTS)) {
    const before = cpuTimeOf(server.pid);
    const seconds = await backtested(scene, event);
    const perSecond = (1000 * POINTS) / (cpuTimeOf(server.pid) - before);
    const note = `${seconds.toFixed(1)} s from its start to its end`;
    say(`${what}: values a second of CPU`, round(perSecond), { aim: atLeast(perSecond, AIM.points, round), note });
  }
  for (const [at, what] of Object.keys(EVENTS).entries()) {
    const before = cpuTimeOf(server.pid);
    const { taken, share } = await asked(scene, automations[at] ?? '', run.id);
    const cpu = (cpuTimeOf(server.pid) - before) / (WARM + ASKED);
    const [p50, p99] = [percentile(taken, 50), percentile(taken, 99)];
    const note = `p50 ${ms(p50)}, CPU ${ms(cpu)}; ${percent(share)} of the values judged`;
    say(`why not, ${what}: p99 of ${ASKED}`, ms(p99), { aim: atMost(p99, AIM.why, ms), note });
  }
  await server.dispose();
}

const threshold = { type: 'RUN_METRIC', metric: 'loss', comparison: '$gt', threshold: 100 };
const EVENTS = {
  'a threshold': threshold,
  'a mean of 50': { ...threshold, aggregation: 'AVERAGE', window: 50 },
  'a mean of 50 that often comes near': { ...threshold, aggregation: 'AVERAGE', window: 50, threshold: 2.75 },
  'a change of means': {
    type: 'RUN_METRIC_CHANGE',
    metric: 'loss',
    aggregation: 'AVERAGE',
    currentWindow: 10,
    priorWindow: 50,
    changeType: 'RELATIVE',
    direction: 'ANY',
    amount: 100,
  },
} as const;

/** A noisy curve that falls. */
function valueAt(step: number): number {
  const noise = Math.abs(Math.sin(step * 12.9898) * 43758.5453) % 1;
  return 2 + noise + 1 / (1 + step / 1000);
}

async function automated({ server, person, team, project }: Scene, event: object): Promise<string> {
  const name = JSON.stringify(event);
  const body = { scope: { kind: 'project', project }, event, name, action: { type: 'NO_OP' } };
  const path = `/entities/${team}/automations`;
  return (await rest<{ id: string }>(server, person.key, path, { method: 'POST', body })).id;
}

interface Why {
  readonly metric: { readonly evaluated: number | null; readonly looked: number };
}

function whyNot({ server, person, team, project }: Scene, automation: string, runId: string): Promise<Why> {
  const run = new URLSearchParams({ run: `${team}/${project}/${runId}` });
  return rest<Why>(server, person.key, `/entities/${team}/automations/${automation}/why-not?${run}`);
}

/** Values are counted in time once columns hold them, which are made when the node is idle. */
async function untilCounted(scene: Scene, automation: string, runId: string): Promise<void> {
  const counted = async () => (await whyNot(scene, automation, runId)).metric.evaluated === POINTS;
  await until('columns of the run', counted, { within: 180_000 });
}

async function backtested({ server, person, team, project }: Scene, event: object): Promise<number> {
  const path = `/entities/${team}/backtests`;
  const body = { scope: { kind: 'project', project }, event };
  const { id } = await rest<Backtest>(server, person.key, path, { method: 'POST', body });
  const { createdAt, endedAt, values } = await until('the backtest', async () => {
    const found = await rest<Backtest>(server, person.key, `${path}/${id}`);
    return found.status === 'finished' && found;
  });
  if (values !== POINTS) throw new Error(`${values} of ${POINTS} values were judged`);
  return (Date.parse(endedAt ?? createdAt) - Date.parse(createdAt)) / 1000;
}

/** Milliseconds of each answer, and the share of the values that the last one accounts for. */
async function asked(
  scene: Scene,
  automation: string,
  runId: string,
): Promise<{ readonly taken: readonly number[]; readonly share: number }> {
  const taken: number[] = [];
  let share = 0;
  for (let count = 0; count < WARM; count += 1) await whyNot(scene, automation, runId);
  for (let count = 0; count < ASKED; count += 1) {
    const from = performance.now();
    const { metric } = await whyNot(scene, automation, runId);
    taken.push(performance.now() - from);
    share = metric.looked / POINTS;
  }
  return { taken, share };
}
