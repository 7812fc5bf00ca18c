import { deepStrictEqual } from 'node:assert/strict';
import { test } from 'node:test';
import { givenSeed } from '../round-test.ts';
import { playUploads, type UploadRoundOptions } from './round.ts';
import { describeUploads } from './tell.ts';

/** Declares one round as a test: the same as those of `npm run chaos` (docs/crash-safety.md). */
export function uploadRoundTest(name: string, options: Omit<UploadRoundOptions, 'seed'>): void {
  test(name, async () => {
    const round = await playUploads({ seed: givenSeed(), ...options });
    console.log(describeUploads(round));
    deepStrictEqual(round.faults, []);
  });
}
