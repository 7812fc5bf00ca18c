import type { Severity } from '../model/severity.ts';
import type { CapturedKind } from './kind.ts';
import type { CapturedRun } from './run-subject.ts';
import { runDocument, runVariable, runWhereabouts } from './run-variables.ts';

/** What a script sent with `run.alert`, as stored. No automation can wait for it. */
export interface CapturedRunAlert {
  readonly type: 'RUN_ALERT';
  readonly run: CapturedRun;
  readonly alert: { readonly title: string; readonly text: string; readonly severity: Severity };
}

export const runAlert: CapturedKind<CapturedRunAlert> = {
  rendered: 'RUN_ALERT',
  happened: 'Run ${run_name} sent an alert.',
  whereabouts: ({ run }) => runWhereabouts(run),
  variable: ({ run }, name) => runVariable(run, name),
  document: ({ run, alert }) => ({ run: runDocument(run), alert }),
  words: ({ alert }) => alert,
};
