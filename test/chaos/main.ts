import { parseArgs } from 'node:util';
import { cleanUp } from '../support/clean-up.ts';
import { Random } from './random.ts';
import { playRound } from './round.ts';
import { TARGETS, type TargetName } from './targets.ts';
import { describeRound, Totals } from './tell.ts';
import { playUploads } from './uploads/round.ts';
import { STORES, type StoreName } from './uploads/stores.ts';
import { describeUploads, UploadTotals } from './uploads/tell.ts';

/** Each round begins with a fresh database and ends with the comparison. */
const KILLS_A_ROUND = 12;

const { values } = parseArgs({
  options: {
    kills: { type: 'string', default: '20' },
    seed: { type: 'string', default: String(Math.floor(Math.random() * 2 ** 32)) },
    target: { type: 'string' },
  },
});
const names = [...Object.keys(TARGETS), ...Object.keys(STORES)] as (TargetName | StoreName)[];
const wanted = names.filter((name) => values.target === undefined || values.target === name);
const [kills, seed] = [Number(values.kills), Number(values.seed)];
if (wanted.length === 0 || !Number.isInteger(kills) || !Number.isInteger(seed)) {
  console.error(`usage: npm run chaos -- [--kills <number>] [--seed <number>] [--target ${names.join('|')}]`);
  process.exit(2);
}

console.log(`the kill ledger: ${kills} kills, seed ${seed}`);
const random = new Random(seed);
const [totals, uploads] = [new Totals(), new UploadTotals()];
const killed = () => totals.kills + uploads.kills;
const faults = () => totals.faults + uploads.faults;
for (let number = 0; killed() < kills && faults() === 0; number += 1) {
  const target = wanted[number % wanted.length]!;
  const seedOfRound = number === 0 ? seed : random.whole(0, 2 ** 32 - 1);
  console.log(await play(target, { seed: seedOfRound, kills: Math.min(kills - killed(), KILLS_A_ROUND) }));
  await cleanUp();
}
for (const sum of [totals, uploads]) if (sum.kills > 0) console.log(sum.describe());
process.exitCode = faults() === 0 ? 0 : 1;

/** @returns what is told of the round */
async function play(target: TargetName | StoreName, options: { seed: number; kills: number }): Promise<string> {
  if (isStore(target)) {
    const round = await playUploads({ ...options, target });
    uploads.add(round);
    return describeUploads(round);
  }
  const round = await playRound({ ...options, target });
  totals.add(round);
  return describeRound(round);
}

function isStore(target: TargetName | StoreName): target is StoreName {
  return target in STORES;
}
