import { parseArgs } from 'node:util';
import { cleanUp } from '../support/clean-up.ts';
import { Random } from './random.ts';
import { playRound } from './round.ts';
import { TARGETS, type TargetName } from './targets.ts';
import { describeRound, Totals } from './tell.ts';

/** Each round begins with a fresh database and ends with the comparison. */
const KILLS_A_ROUND = 12;

const { values } = parseArgs({
  options: {
    kills: { type: 'string', default: '20' },
    seed: { type: 'string', default: String(Math.floor(Math.random() * 2 ** 32)) },
    target: { type: 'string' },
  },
});
const names = Object.keys(TARGETS) as TargetName[];
const wanted = names.filter((name) => values.target === undefined || values.target === name);
const [kills, seed] = [Number(values.kills), Number(values.seed)];
if (wanted.length === 0 || !Number.isInteger(kills) || !Number.isInteger(seed)) {
  console.error(`usage: npm run chaos -- [--kills <number>] [--seed <number>] [--target ${names.join('|')}]`);
  process.exit(2);
}

console.log(`the kill ledger: ${kills} kills, seed ${seed}`);
const random = new Random(seed);
const totals = new Totals();
for (let number = 0; totals.kills < kills && totals.faults === 0; number += 1) {
  const round = await playRound({
    seed: number === 0 ? seed : random.whole(0, 2 ** 32 - 1),
    target: wanted[number % wanted.length]!,
    kills: Math.min(kills - totals.kills, KILLS_A_ROUND),
  });
  totals.add(round);
  console.log(describeRound(round));
  await cleanUp();
}
console.log(totals.describe());
process.exitCode = totals.faults === 0 ? 0 : 1;
