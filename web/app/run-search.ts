export const RUN_TABS = { charts: 'Charts', overview: 'Overview' } as const;
export type RunTab = keyof typeof RUN_TABS;

/** Whether a text of the address names a tab of a run. */
export function isRunTab(text: unknown): text is RunTab {
  return typeof text === 'string' && Object.hasOwn(RUN_TABS, text);
}

export function runTabSearch({ tab }: Record<string, unknown>): { readonly tab?: RunTab } {
  return isRunTab(tab) ? { tab } : {};
}
