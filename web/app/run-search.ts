export const RUN_TABS = {
  charts: 'Charts',
  overview: 'Overview',
  logs: 'Logs',
  files: 'Files',
  artifacts: 'Artifacts',
} as const;
export type RunTab = keyof typeof RUN_TABS;

/** Whether a text of the address names a tab of a run. */
export function isRunTab(text: unknown): text is RunTab {
  return typeof text === 'string' && Object.hasOwn(RUN_TABS, text);
}

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

const TEXTS = ['find', 'folder', 'search', 'file'] as const;

export function runSearch(given: Record<string, unknown>): RunSearch {
  const texts = TEXTS.flatMap((name) => {
    const text = given[name];
    return typeof text === 'string' && text !== '' ? [[name, text] as const] : [];
  });
  const line = Number(given.line);
  return {
    ...(isRunTab(given.tab) ? { tab: given.tab } : {}),
    ...(Number.isSafeInteger(line) && line > 0 ? { line } : {}),
    ...Object.fromEntries(texts),
  };
}
