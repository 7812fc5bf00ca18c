import * as z from 'zod/mini';
import type { ExecutionDetails } from '../api/get-execution.ts';

const number = z.nullable(z.number());
const explained = z.object({
  values: z.array(number),
  line: z.number(),
  step: z.optional(z.nullable(z.number())),
});
const captured = z.object({ metric: z.object({ filter: z.string(), status: z.string() }) });
const state = z.object({ state: z.string() });

/** Why an automation answered an event. */
export type Match =
  | {
      readonly kind: 'metric';
      /** Of the window, newest last; `null` where one was not finite. */
      readonly values: readonly (number | null)[];
      readonly line: number;
      readonly step: number | null;
      readonly condition: string;
      readonly measured: string;
    }
  | { readonly kind: 'state'; readonly state: string }
  | { readonly kind: 'other' };

/** Reads what the server explained; of artifacts it names the fields that the filter asks for. */
export function readMatch({ explanation, event }: ExecutionDetails): Match {
  const why = explained.safeParse(explanation).data;
  const what = captured.safeParse(event.captured).data;
  if (why !== undefined && what !== undefined) {
    const { filter: condition, status: measured } = what.metric;
    return { kind: 'metric', values: why.values, line: why.line, step: why.step ?? null, condition, measured };
  }
  const reached = state.safeParse(explanation).data;
  return reached === undefined ? { kind: 'other' } : { kind: 'state', state: reached.state };
}

export function matchWords(match: Match): string {
  switch (match.kind) {
    case 'metric': {
      const where = match.step === null ? `line ${match.line}` : `step ${match.step}`;
      return `${match.condition}: ${match.measured}, at ${where} of the history.`;
    }
    case 'state':
      return `The run is ${match.state}.`;
    case 'other':
      return 'The event passed the filter of the automation.';
  }
}
