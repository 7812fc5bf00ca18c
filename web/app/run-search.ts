import { type Given, textIn, textsIn } from '../lib/address-text.ts';
import { nameIn } from '../lib/name-in.ts';

export const RUN_TABS = {
  charts: 'Charts',
  overview: 'Overview',
  logs: 'Logs',
  files: 'Files',
  artifacts: 'Artifacts',
} as const;
export type RunTab = keyof typeof RUN_TABS;

/** Whether a text of the address names a tab of a run. */
export const isRunTab = nameIn(RUN_TABS);

/** What of a run is shown, and where in it. */
export interface RunSearch {
  readonly tab?: RunTab;
  /** A line of the log, from 1. */
  readonly line?: number;
  /** What is searched in the log. */
  readonly find?: string;
  /** A folder of the files. */
  readonly folder?: string;
  /** What is searched among the files. */
  readonly search?: string;
  /** The file that is open. */
  readonly file?: string;
}

export function runSearch(given: Given): RunSearch {
  const line = Number(textIn(given.line));
  return {
    ...(isRunTab(given.tab) ? { tab: given.tab } : {}),
    ...(Number.isSafeInteger(line) && line > 0 ? { line } : {}),
    ...textsIn(given, ['find', 'folder', 'search', 'file']),
  };
}
