import { strictEqual } from 'node:assert/strict';
import { test } from 'node:test';
import { playRound, type RoundOptions } from './round.ts';
import { describeRound } from './tell.ts';

/** Set to repeat what failed; the seed of each round is printed. */
const GIVEN = process.env.TRIPLINE_CHAOS_SEED;

export function givenSeed(): number {
  return GIVEN === undefined ? Math.floor(Math.random() * 2 ** 32) : Number(GIVEN);
}

/** Declares one round as a test: the same as those of `npm run chaos` (docs/crash-safety.md). */
export function roundTest(name: string, options: Omit<RoundOptions, 'seed'>): void {
  test(name, async () => {
    const round = await playRound({ seed: givenSeed(), ...options });
    console.log(describeRound(round));
    strictEqual(round.verdict.faults.length, 0, round.verdict.faults[0]);
  });
}
