import type { PushedRun } from '../test/support/pushed-run.ts';
import { openScene, type Scene } from '../test/support/scene.ts';
import { metric } from '../test/support/wire-events.ts';
import type { Bench } from './bench.ts';
import { atMost, round, say, title } from './report.ts';
import { residentMiB } from './resident.ts';
import { startedServer } from './started-server.ts';

interface MemoryOptions {
  /** Runs that are alive at the same time. */
  readonly runs: number;
  /** How long the load goes on once all windows are full. */
  readonly seconds: number;
}

/** Resident memory of the server's process, in MiB. */
interface MemoryReport {
  readonly atRest: number;
  /** When every run is known, and before it logs. */
  readonly started: number;
  /** When every window of every run is full. */
  readonly full: number;
  /** While the load goes on: what is left of growth is a leak. */
  readonly later: readonly number[];
  /** Chunks that were stored in all, and in a second of the load. */
  readonly chunks: number;
  readonly perSecond: number;
}

const METRICS = 10;
const WINDOW = 50;
const ROWS = 15;
/** So that every window is full, and its ring has gone round. */
const ROUNDS_TO_FILL = Math.ceil((WINDOW * 2) / ROWS);
const AT_ONCE = 32;
const SAMPLE_EVERY_MS = 5_000;

const RUNS = 10_000;
const AIM_MIB = 1024;
const mib = (value: number): string => `${round(value)} MiB`;

/** Resident memory with ten thousand live runs whose every metric is watched. */
export async function measureMemory(bench: Bench): Promise<void> {
  const server = await startedServer(bench);
  const scene = await openScene(server, bench.receiver);
  const report = await memoryWith(scene, { runs: RUNS, seconds: bench.seconds });
  await server.dispose();
  const most = Math.max(report.full, ...report.later);
  title(`memory: ${round(RUNS)} live runs with ${METRICS} watched metrics each, windows of ${WINDOW} values`);
  say('resident at rest', mib(report.atRest));
  say('with every run known', mib(report.started));
  say('with every window full', mib(report.full));
  say(`most during ${bench.seconds} s of load after that`, mib(most), {
    aim: atMost(most, AIM_MIB, mib),
    note: `${round(report.perSecond)} requests a second; then ${report.later.map(round).join(', ')}`,
  });
}

/**
 * How much memory the server takes with many live runs, each with metrics that automations watch: means over
 * windows that never cross their lines. Its project must be its own.
 */
async function memoryWith(scene: Scene, { runs: count, seconds }: MemoryOptions): Promise<MemoryReport> {
  const { pid } = scene.server;
  const atRest = residentMiB(pid);
  for (let at = 0; at < METRICS; at += 1) {
    await scene.automation(metric(`metric_${at}`, '$gt', 1, { agg: 'AVERAGE', window: WINDOW }));
  }
  const runs: PushedRun[] = [];
  await eachOf(count, async () => void runs.push(await scene.run({ config: CONFIG })));
  const started = residentMiB(pid);
  for (let round = 0; round < ROUNDS_TO_FILL; round += 1) await eachOf(count, (at) => send(scene, runs, at, round));
  const full = residentMiB(pid);
  const later: number[] = [];
  const [begun, until] = [performance.now(), performance.now() + seconds * 1000];
  let chunks = 0;
  for (let round = ROUNDS_TO_FILL; performance.now() < until; round += 1) {
    await eachOf(count, async (at) => {
      if (performance.now() >= until) return;
      await send(scene, runs, at, round);
      chunks += 1;
      if (performance.now() - begun > (later.length + 1) * SAMPLE_EVERY_MS) later.push(residentMiB(pid));
    });
  }
  return { atRest, started, full, later, chunks: chunks + ROUNDS_TO_FILL * count, perSecond: chunks / seconds };
}

/** Acts for each number below `count`, some at a time. */
async function eachOf(count: number, act: (at: number) => Promise<void>): Promise<void> {
  let next = 0;
  const lane = async (): Promise<void> => {
    for (let at = next++; at < count; at = next++) await act(at);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, lane));
}

async function send(scene: Scene, runs: readonly PushedRun[], at: number, round: number): Promise<void> {
  const path = `/files/${scene.team}/${scene.project}/${runs[at]?.id}/file_stream`;
  const { status, text } = await scene.server.call(path, {
    method: 'POST',
    key: scene.person.key,
    body: bodyOf(at, round),
  });
  if (status !== 200) throw new Error(`a chunk was answered ${status}: ${text}`);
}

/** What runs are configured with: the twenty or so members that training scripts have. */
const CONFIG = Object.fromEntries(Array.from({ length: 20 }, (_, at) => [`parameter_${at}`, `value ${at}`]));

function bodyOf(run: number, round: number): string {
  const content = Array.from({ length: ROWS }, (_, row) => lineOf(run, round * ROWS + row));
  const files = {
    'wandb-history.jsonl': { offset: round * ROWS, content },
    'wandb-summary.json': { offset: 0, content: [content.at(-1)] },
  };
  return JSON.stringify({ files });
}

function lineOf(run: number, step: number): string {
  const values = Array.from({ length: METRICS }, (_, at) => [
    `metric_${at}`,
    Math.sin(run + step * METRICS + at) * 0.9,
  ]);
  return JSON.stringify({ _step: step, _runtime: step, _timestamp: 1.8e9 + step, ...Object.fromEntries(values) });
}
