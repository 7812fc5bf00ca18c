import * as z from 'zod/mini';
import type { ExecutionDetails } from '../api/get-execution.ts';

const number = z.nullable(z.number());
const explained = z.object({
  values: z.array(number),
  line: z.number(),
  step: z.optional(z.nullable(z.number())),
});
const captured = z.object({
  metric: z.object({
    name: z.string(),
    timestamp: z.optional(z.nullable(z.number())),
    filter: z.string(),
    status: z.string(),
  }),
});
const state = z.object({ state: z.string() });

/** Values of a metric that met a condition. */
export interface MetricMatch {
  readonly kind: 'metric';
  /** As the automation names it. */
  readonly metric: string;
  /** Of the window, newest last; `null` where one was not finite. */
  readonly values: readonly (number | null)[];
  readonly line: number;
  readonly step: number | null;
  /** Seconds since 1970 by the client's clock. */
  readonly timestamp: number | null;
  readonly condition: string;
  readonly measured: string;
}

/** Why an automation answered an event. */
export type Match = MetricMatch | { readonly kind: 'state'; readonly state: string } | { readonly kind: 'other' };

/** Reads what the server explained; of artifacts it names the fields that the filter asks for. */
export function readMatch({ explanation, event }: ExecutionDetails): Match {
  const why = explained.safeParse(explanation).data;
  const what = captured.safeParse(event.captured).data;
  if (why !== undefined && what !== undefined) {
    const { name: metric, timestamp = null, filter: condition, status: measured } = what.metric;
    const { values, line, step = null } = why;
    return { kind: 'metric', metric, values, line, step, timestamp, condition, measured };
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
