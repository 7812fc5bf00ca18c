import { strictEqual } from 'node:assert/strict';
import { test } from 'node:test';
import { playRound } from '../chaos/round.ts';
import type { TargetName } from '../chaos/targets.ts';
import { describeRound } from '../chaos/tell.ts';

/** Set to repeat what failed; the seed of each round is printed. */
const GIVEN = process.env.TRIPLINE_CHAOS_SEED;

/** The same rounds as those of `npm run chaos` (docs/crash-safety.md), twenty kills in all. */
const ROUNDS: readonly { readonly target: TargetName; readonly kills: number; readonly name: string }[] = [
  { target: 'server', kills: 7, name: 'a server killed under load loses nothing, misses nothing, fires nothing twice' },
  { target: 'database', kills: 6, name: 'its embedded database killed under load loses nothing either' },
  { target: 'nodes', kills: 7, name: 'nor do several nodes, killed one by one, or the PostgreSQL below them' },
];

for (const { name, ...options } of ROUNDS) {
  test(name, async () => {
    const seed = GIVEN === undefined ? Math.floor(Math.random() * 2 ** 32) : Number(GIVEN);
    const round = await playRound({ seed, ...options });
    console.log(describeRound(round));
    strictEqual(round.verdict.faults.length, 0, round.verdict.faults[0]);
  });
}
