import { z } from 'zod';

const DAY_SECONDS = 24 * 60 * 60;
/** Longest duration that an option may have, in seconds. */
export const LONGEST_SECONDS = 366 * DAY_SECONDS;

/** How often an automation may fire for one run (automations, section 2.8). */
export const policySchema = z
  .discriminatedUnion('kind', [
    z
      .strictObject({ kind: z.literal('default') })
      .describe('as W&B: a metric condition once per run in 24 hours, a state or an artifact each time'),
    z.strictObject({ kind: z.literal('once_per_run') }).describe('never again for the same run'),
    z
      .strictObject({ kind: z.literal('every_crossing') })
      .describe('when the condition of a metric becomes true after having been false'),
    z
      .strictObject({ kind: z.literal('cooldown'), seconds: z.int().min(0).max(LONGEST_SECONDS) })
      .describe('at most once per run within so many seconds; 0 is no limit'),
  ])
  .meta({ id: 'Policy' });

export type Policy = z.output<typeof policySchema>;

export const DEFAULT_POLICY: Policy = { kind: 'default' };

/** Milliseconds between two firings of a metric automation for one run, if it has no policy of its own. */
export const DEFAULT_COOLDOWN_MS = DAY_SECONDS * 1000;
