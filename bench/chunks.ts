import { startBare } from './bare-servers.ts';
import type { Bench } from './bench.ts';
import { METRICS, POINTS, ROWS } from './chunk.ts';
import { cpuTimeOf } from './cpu-time.ts';
import { flushes } from './flushes.ts';
import type { LoadReport } from './load/order.ts';
import { percentile } from './percentile.ts';
import { preparePlainInserts } from './plain-inserts.ts';
import { atLeast, atMost, ms, percent, round, say, title } from './report.ts';
import { startedServer } from './started-server.ts';
import { type WatchedProject, watchedProject } from './watched-project.ts';

/** Everything is measured in turns of this many seconds: what else the machine does meets all alike. */
const TURN = 2;
const WARM_UP = 2;

const AIM = {
  requests: 3000,
  points: 400_000,
  ofPlain: 0.4,
  /** Of automations that all watch the run, over none. */
  watching: 0.15,
  /** Of up to 10,000 of which 10 watch the run, over none. */
  watchingFew: 0.3,
};

/** Chunks stored and evaluated end to end over HTTP, by the number of automations, beside the machine's limits. */
export async function measureChunks(bench: Bench): Promise<void> {
  const { port } = await startBare('bare-http.mjs');
  const plain = await preparePlainInserts(bench.database);
  const server = await startedServer(bench);
  const projects: WatchedProject[] = [];
  for (const count of bench.automations) projects.push(await watchedProject(server, bench, count));
  const bare = (seconds: number) => bench.generator.make({ port, authorization: 'none', paths: paths(bench), seconds });

  for (const { order } of projects) await bench.generator.make(order(WARM_UP));
  await plain.perSecond(WARM_UP);
  const http: LoadReport[] = [];
  const inserts: number[] = [];
  const loads = projects.map((): Load[] => []);
  for (let left = bench.seconds; left > 0; left -= TURN) {
    const seconds = Math.min(TURN, left);
    http.push(await bare(seconds));
    for (const [at, { order }] of projects.entries()) {
      const before = cpuTimeOf(server.pid);
      const report = await bench.generator.make(order(seconds));
      loads[at]?.push({ ...report, serverMs: (cpuTimeOf(server.pid) - before) / report.requests });
    }
    inserts.push(await plain.perSecond(seconds));
  }
  await server.dispose();
  await plain.close();
  print(bench, { http: medianOf(http), plain: percentile(inserts, 50), flushed: flushes(1) }, loads.map(medianOf));
}

const paths = ({ runs }: Bench) => Array.from({ length: runs }, (_, at) => `/files/team/project/run${at}/file_stream`);

interface Load extends LoadReport {
  /** CPU time of the server's process for one request; the database's own is not in it. */
  readonly serverMs: number;
}

/** The turn with the middle rate. */
function medianOf<Turn extends LoadReport>(turns: readonly Turn[]): Turn {
  const sorted = turns.toSorted((one, other) => one.perSecond - other.perSecond);
  const middle = sorted[Math.floor(sorted.length / 2)];
  if (middle === undefined) throw new Error('nothing was measured');
  return middle;
}

interface Limits {
  readonly http: LoadReport;
  readonly plain: number;
  readonly flushed: number;
}

function print(bench: Bench, limits: Limits, loads: readonly Load[]): void {
  title(`chunks: ${bench.runs} runs, requests of ${ROWS} lines x ${METRICS} metrics and the summary`);
  say('fdatasync of 4 KiB, a second', round(limits.flushed));
  say('bare Node HTTP, requests a second', round(limits.http.perSecond), { note: noteOf(limits.http) });
  say('plain PostgreSQL, grouped inserts, chunks a second', round(limits.plain));
  const none = loads[bench.automations.indexOf(0)];
  for (const [at, load] of loads.entries()) {
    printLoad(bench.automations[at] ?? 0, load, limits);
    if (load !== none && none !== undefined) printCost(bench.automations[at] ?? 0, load, none);
  }
}

function printLoad(automations: number, load: Load, { http, plain }: Limits): void {
  const { perSecond } = load;
  const points = perSecond * POINTS;
  title(`  ${automations.toLocaleString('en')} automations in the project, ${Math.min(automations, METRICS)} watching`);
  say('requests a second', round(perSecond), { aim: atLeast(perSecond, AIM.requests, round), note: noteOf(load) });
  say('metric points a second', round(points), { aim: atLeast(points, AIM.points, round) });
  say('of plain grouped inserts', percent(perSecond / plain), {
    aim: atLeast(perSecond / plain, AIM.ofPlain, percent),
  });
  say('of bare HTTP', percent(perSecond / http.perSecond));
  say("CPU time of the server's process, a request", `${load.serverMs.toFixed(2)} ms`);
}

/** Time of one request beside the same without automations. */
function printCost(automations: number, load: Load, none: Load): void {
  const cost = none.perSecond / load.perSecond - 1;
  say('cost over none', percent(cost), {
    aim: atMost(cost, automations > METRICS ? AIM.watchingFew : AIM.watching, percent),
    note: `in CPU time ${percent(load.serverMs / none.serverMs - 1)}`,
  });
}

function noteOf({ p50, p99, share, refused }: LoadReport): string {
  const often = refused > 0 ? `, ${refused} refused` : '';
  return `p50 ${ms(p50)}, p99 ${ms(p99)}, generator ${percent(share)} of a core${often}`;
}
