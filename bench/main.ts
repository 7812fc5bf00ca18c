import { cpus } from 'node:os';
import { cleanUp } from '../test/support/clean-up.ts';
import { startReceiver } from '../test/support/receiver.ts';
import { openScene } from '../test/support/scene.ts';
import { startServer } from '../test/support/server.ts';
import { METRICS, ROWS } from './chunk.ts';
import { prepareDelay } from './delay.ts';
import { bareHttp, bareInserts, flushes } from './limits.ts';
import { prepareLoad, RUNS } from './load.ts';
import { percentile } from './percentile.ts';
import type { Rate } from './rate.ts';

const SECONDS = { limit: 3, warmUp: 4, load: 12 };
const SAMPLES = 200;

const round = (value: number) => Math.round(value).toLocaleString('en');
const ms = (value: number) => `${value.toFixed(1)} ms`;
const say = (what: string, value: string, note = '') =>
  console.log(`  ${what.padEnd(44)}${value.padStart(12)}  ${note}`);
const percent = (part: number, whole: number) => `${((100 * part) / whole).toFixed(0)} %`;

console.log(`\nTripline beside this machine's limits: ${cpus().length} cores, Node ${process.version}, one run`);

const flushed = flushes(SECONDS.limit / 2);
const http = await bareHttp(SECONDS.limit, RUNS);
const inserts = await bareInserts(SECONDS.limit, 8);
console.log('\nlimits');
say('fdatasync of 4 KiB, a second', round(flushed));
sayRate('bare Node HTTP, a second', http);
sayRate('bare PostgreSQL, transactions a second', inserts);

const receiver = await startReceiver();
const server = await startServer();
const scene = await openScene(server, receiver);
const delayOf = await prepareDelay(scene);
await delayOf(20);
const atRest = await delayOf(SAMPLES);
const load = await prepareLoad(scene);
await load(SECONDS.warmUp);
const [stored, underLoad] = await Promise.all([load(SECONDS.load), delayOf(SAMPLES / 2)]);
await server.dispose();
await receiver.close();
await cleanUp();

console.log(`\nstored and evaluated: ${RUNS} runs, chunks of ${ROWS} rows x ${METRICS} metrics, each watched`);
sayRate('chunks a second', stored);
say('metric points a second', round(stored.perSecond * ROWS * METRICS));
say('of bare HTTP', percent(stored.perSecond, http.perSecond));
say('of bare PostgreSQL transactions', percent(stored.perSecond, inserts.perSecond));
say('of fdatasync', percent(stored.perSecond, flushed));

console.log('\nfrom the 2xx of a chunk to the first byte of its webhook');
sayDelays('at rest', atRest);
sayDelays('under the load above', underLoad);

function sayRate(what: string, { perSecond, p50, p99 }: Rate): void {
  say(what, round(perSecond), `p50 ${ms(p50)}, p99 ${ms(p99)}`);
}

function sayDelays(what: string, delays: readonly number[]): void {
  say(what, `p50 ${ms(percentile(delays, 50))}`, `p99 ${ms(percentile(delays, 99))}, ${delays.length} firings`);
}
