import type { Page } from 'playwright-core';
import { openDatabase } from '../src/store/database.ts';
import { openScene, type Scene } from '../test/support/scene.ts';
import { visit } from '../test/support/visit.ts';
import { until } from '../test/support/wait.ts';
import type { Bench } from './bench.ts';
import { appendedTo, drawnTimes, pannedFrames, watchDrawing } from './charts-page.ts';
import { percentile } from './percentile.ts';
import { atLeast, atMost, ms, round, say, title } from './report.ts';
import { startedServer } from './started-server.ts';

const RUNS = 10;
const LINES = 100_000;
const SHORT = 1_000;
const LONG = 1_000_000;
/** Lines of one request. */
const SLICE = 5_000;
const TURNS = 5;
const APPENDED = 20;

/** From the request for the numbers until all lines are on the canvas. */
const AIM_DRAWN_MS = 300;
const AIM_FRAMES = 30;
/** A long run's new line may take so many times what a short one's takes. */
const AIM_RATIO = 1.5;
const frames = (value: number): string => `${value.toFixed(0)} /s`;
const times = (value: number): string => `${value.toFixed(2)} x`;

/**
 * Plots in a real browser: how soon long runs are drawn, how smoothly they are moved, and what a line that a run adds
 * costs, by the length of the run.
 */
export async function measureCharts(bench: Bench): Promise<void> {
  const server = await startedServer(bench);
  const scene = await openScene(server, bench.receiver);
  const ids: string[] = [];
  for (let number = 0; number < RUNS; number += 1) ids.push(await logged(scene, `run ${number}`, LINES, true));
  const short = await logged(scene, 'short', SHORT, false);
  const long = await logged(scene, 'long', LONG, false);
  await untilColumns(server.databaseUrl, RUNS * LINES + LONG);
  await visit(scene, scene.person, async ({ page }) => {
    const plot = (runs: readonly string[]) =>
      `/${scene.team}/${scene.project}/workspace?panel=loss&runs=${runs.join()}`;
    await watchDrawing(page);
    title(`charts: ${RUNS} runs of ${round(LINES)} values in one plot, in Chromium`);
    const drawn = await drawnTimes(page, plot(ids), RUNS, TURNS);
    const asked = drawn.map((turn) => turn.asked);
    say(`from the request to the drawing, longest of ${TURNS}`, ms(Math.max(...asked)), {
      aim: atMost(Math.max(...asked), AIM_DRAWN_MS, ms),
      note: `p50 ${ms(percentile(asked, 50))}; the server thins out to 1,500 points a run`,
    });
    const there = drawn.map((turn) => turn.there);
    say('of that, from the answer to the drawing', ms(Math.max(...there)), {
      note: `p50 ${ms(percentile(there, 50))}`,
    });
    const panned = await pannedFrames(page, 'loss');
    say('frames while it is panned', frames(panned), { aim: atLeast(panned, AIM_FRAMES, frames) });
    await appends(page, { plot, short, long });
  });
  await server.dispose();
}

interface Appends {
  readonly plot: (runs: readonly string[]) => string;
  readonly short: string;
  readonly long: string;
}

async function appends(page: Page, { plot, short, long }: Appends): Promise<void> {
  const medians: number[] = [];
  for (const [run, lines] of [
    [short, SHORT],
    [long, LONG],
  ] as const) {
    const told = await appendedTo(page, plot([run]), APPENDED, (number) => addLine(run, lines + number));
    const median = percentile(
      told.map(({ taken }) => taken),
      50,
    );
    medians.push(median);
    const bytes = Math.max(...told.map(({ bytes: each }) => each));
    say(`a new line of a run of ${round(lines)}: its request`, ms(median), {
      note: `p50 of ${APPENDED}; at most ${round(bytes)} bytes`,
    });
  }
  const [one = 1, other = 1] = medians;
  say('the long run beside the short one', times(other / one), { aim: atMost(other / one, AIM_RATIO, times) });
}

const going = new Map<string, Awaited<ReturnType<Scene['run']>>>();

async function logged(scene: Scene, displayName: string, lines: number, ends: boolean): Promise<string> {
  const run = await scene.run({ displayName });
  for (let from = 0; from < lines; from += SLICE) {
    const count = Math.min(SLICE, lines - from);
    await run.log(...Array.from({ length: count }, (_, at) => ({ loss: valueAt(from + at, displayName.length) })));
  }
  if (ends) await run.finish();
  else going.set(run.id, run);
  return run.id;
}

async function addLine(run: string, step: number): Promise<void> {
  await going.get(run)?.log({ loss: valueAt(step, 0) });
}

/** A thread makes the columns, one run after the other; the newest lines of a run that goes on are in none. */
async function untilColumns(connectionString: string, lines: number): Promise<void> {
  const database = openDatabase({ connection: { connectionString }, connections: 1, onConnectionError: () => {} });
  const most = 20_000;
  const made = async () => {
    const [row] = await database.query<{ lines: number }>(
      `select sum(lines)::float8 as lines from history_reach where stream = 'history'`,
      [],
    );
    return (row?.lines ?? 0) >= lines - most;
  };
  await until('columns of all runs', made, { within: 300_000 });
  await database.close();
}

/** A noisy curve that falls. */
function valueAt(step: number, seed: number): number {
  const noise = Math.abs(Math.sin((step + seed * 517) * 12.9898) * 43758.5453) % 1;
  return noise + 40 / (1 + step / 2_000);
}
