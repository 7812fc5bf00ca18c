import { z } from 'zod';
import { isArtifactEvent } from '../events/artifact-events.ts';
import type { EventDefinition } from '../events/index.ts';
import { invalid } from '../model/error.ts';
import { DEFAULT_POLICY, LONGEST_SECONDS, policySchema } from './policy.ts';

const MOST_FIRINGS = 1_000_000;

/** Flood limits of one automation; those of the server count where they are stricter. */
const floodLimitsSchema = z
  .strictObject({
    atOnce: z.int().min(1).max(MOST_FIRINGS).describe('that start at once after a rest'),
    perMinute: z.int().min(1).max(MOST_FIRINGS).describe('that start a minute after those'),
    waiting: z.int().min(0).max(MOST_FIRINGS).describe('that may wait for their turn; further ones are skipped'),
    perDay: z
      .int()
      .min(1)
      .max(100 * MOST_FIRINGS)
      .describe('within 24 hours; further ones are skipped'),
  })
  .partial()
  .meta({ id: 'FloodLimits' });

const backfillSchema = z
  .discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('fire') }),
    z.strictObject({ kind: z.literal('ignore'), olderThanSeconds: z.int().min(1).max(LONGEST_SECONDS) }),
  ])
  .meta({ id: 'Backfill' });

/** What an automation has beside event and action, as the database holds it and as REST takes it. */
export const optionShape = {
  policy: policySchema.describe('how often it may fire for one run'),
  settleSeconds: z
    .int()
    .min(0)
    .max(LONGEST_SECONDS)
    .describe('how long a run must stay in its new state before that fires; 0 is at once'),
  backfill: backfillSchema.describe('whether values fire whose `_timestamp` is old when they arrive'),
  dryRun: z.boolean().describe('only records what would be sent'),
  floodLimits: floodLimitsSchema.nullable().describe("stricter limits than the server's; null for none"),
};

const optionsSchema = z.object(optionShape);

/** The wandb client knows none of these: what it makes has the defaults, and what it edits keeps them. */
export type Options = Readonly<z.output<typeof optionsSchema>>;

/** Some of them; what is absent or undefined stays as it is. */
export type SomeOptions = { readonly [Name in keyof Options]?: Options[Name] | undefined };

/** What W&B does. */
export const DEFAULT_OPTIONS: Options = {
  policy: DEFAULT_POLICY,
  settleSeconds: 0,
  backfill: { kind: 'fire' },
  dryRun: false,
  floodLimits: null,
};

/** Reads options as they are stored; those of an older version lack some. @throws ZodError */
export function readOptions(stored: object): Options {
  return withOptions(DEFAULT_OPTIONS, optionsSchema.partial().parse(stored));
}

export function withOptions(options: Options, some: SomeOptions): Options {
  const given = Object.entries(some).filter(([name, value]) => name in optionShape && value !== undefined);
  return { ...options, ...Object.fromEntries(given) };
}

/** @throws TriplineError invalid when an option means nothing to the event */
export function checkOptions(event: EventDefinition, options: Options): void {
  for (const { option, why } of misfits(event, options)) throw invalid(why, option);
}

/** Options of an automation whose event becomes another: those that mean nothing to it go back to their defaults. */
export function fittingOptions(event: EventDefinition, options: Options): Options {
  const names = misfits(event, options).map(({ option }) => option);
  return withOptions(options, Object.fromEntries(names.map((name) => [name, DEFAULT_OPTIONS[name]])));
}

interface Misfit {
  readonly option: keyof Options;
  readonly why: string;
}

function misfits(event: EventDefinition, { policy, settleSeconds, backfill }: Options): Misfit[] {
  const found: Misfit[] = [];
  if (policy.kind !== 'default' && isArtifactEvent(event)) {
    found.push({ option: 'policy', why: 'an artifact event fires each time: leave policy out, or set floodLimits' });
  }
  if (policy.kind === 'every_crossing' && event.type === 'RUN_STATE') {
    found.push({ option: 'policy', why: 'every_crossing is for metrics: each change of a state is one already' });
  }
  if (settleSeconds > 0 && event.type !== 'RUN_STATE') {
    found.push({ option: 'settleSeconds', why: 'settleSeconds is for RUN_STATE: only a state can be held for a time' });
  }
  if (backfill.kind === 'ignore' && !('metric' in event)) {
    found.push({
      option: 'backfill',
      why: 'backfill is for metric events: only their values have a time of their own',
    });
  }
  return found;
}
