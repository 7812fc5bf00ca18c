import { z } from 'zod';
import { invalid } from '../model/error.ts';
import type { Json } from '../model/json.ts';
import { anyJson, readBy } from '../model/read-json.ts';
import { type RunState as ExactState, REPORTED_STATES, type ReportedState } from '../model/run-state.ts';
import { runShape } from './document-shapes.ts';
import type { EventKind } from './kind.ts';
import { RUN_SCOPES, readRunFilter, runFilter, runFilterSchema } from './run-event.ts';
import type { CapturedRun } from './run-subject.ts';
import { runDocument, runVariable, runWhereabouts } from './run-variables.ts';

/** What `${run_status}` renders. */
const STATUS: Readonly<Record<ReportedState, string>> = {
  RUNNING: 'Running',
  FINISHED: 'Finished',
  FAILED: 'Failed',
};

const statesSchema = z
  .array(
    z
      .string()
      .overwrite((state) => state.toUpperCase())
      .pipe(z.enum(REPORTED_STATES)),
  )
  .min(1)
  .overwrite((states) => [...new Set(states)].sort());

/** As stored, and as REST takes it. */
export const runStateSchema = z.strictObject({
  type: z.literal('RUN_STATE'),
  runFilter: runFilterSchema,
  states: statesSchema,
});

/** A run enters one of some states (automations, section 2.7). */
export type RunState = z.output<typeof runStateSchema>;

/** A run state event as stored. */
export interface CapturedRunState {
  readonly type: 'RUN_STATE';
  readonly run: CapturedRun;
  readonly state: ReportedState;
  /** What a reported state stands for: `crashed` is reported as FAILED. */
  readonly exactState: ExactState;
}

const wireSchema = z.strictObject({
  run_filter: anyJson.optional(),
  run_state_filter: z.strictObject({ states: statesSchema }).nullish(),
});

export const runState: EventKind<RunState, CapturedRunState> = {
  label: 'Run state change',
  rendered: 'RUN_STATE',
  happened: 'Run ${run_name} changed to ${run_status}.',
  scopes: RUN_SCOPES,
  filter: runFilter,
  fromWire: (eventFilter: Json) => {
    const wire = readBy(wireSchema, eventFilter, 'eventFilter');
    if (wire.run_state_filter == null) {
      throw invalid('RUN_STATE needs eventFilter.run_state_filter, the states to watch', 'eventFilter');
    }
    const runFilter = readRunFilter(wire.run_filter ?? undefined);
    return runStateSchema.parse({ type: 'RUN_STATE', runFilter, states: wire.run_state_filter.states });
  },
  toWire: ({ runFilter, states }) => ({
    run_filter: JSON.stringify(runFilter),
    run_state_filter: { states },
  }),
  sentence: ({ states }) => `the run becomes ${states.map((state) => STATUS[state].toLowerCase()).join(' or ')}`,
  shortSentence: ({ states }) => `state is ${states.join(' or ')}`,
  whereabouts: ({ run }) => runWhereabouts(run),
  variable: ({ run, state }, name) => (name === 'run_status' ? STATUS[state] : runVariable(run, name)),
  documentShape: { run: z.strictObject({ ...runShape, status: z.enum(REPORTED_STATES) }) },
  document: ({ run, state, exactState }) => ({ run: { ...runDocument(run), state: exactState, status: state } }),
};
