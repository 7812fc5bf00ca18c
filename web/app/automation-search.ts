import { EVENT_TYPES, type EventType } from '../features/automations/components/builder/draft.ts';
import { STEPS, type Step } from '../features/automations/components/builder/fault.ts';

interface StepSearch {
  readonly step?: Step;
}

/** What the address of a new automation may say already. */
export interface NewAutomationSearch extends StepSearch {
  readonly from?: string;
  readonly entity?: string;
  readonly project?: string;
  readonly collection?: string;
  readonly type?: EventType;
  readonly metric?: string;
  /** A regular expression for the names of runs. */
  readonly runs?: string;
}

export function stepSearch(search: Record<string, unknown>): StepSearch {
  const step = STEPS.find((each) => each === search.step);
  return step === undefined ? {} : { step };
}

export function newAutomationSearch(search: Record<string, unknown>): NewAutomationSearch {
  const type = EVENT_TYPES.find((each) => each === search.type);
  const texts = ['from', 'entity', 'project', 'collection', 'metric', 'runs'].flatMap((name) => {
    const value = search[name];
    return typeof value === 'string' || typeof value === 'number' ? [[name, String(value)] as const] : [];
  });
  return { ...stepSearch(search), ...(type === undefined ? {} : { type }), ...Object.fromEntries(texts) };
}

/** The parts of an automation's page, with their words. */
export const AUTOMATION_TABS = {
  overview: 'Overview',
  test: 'Test',
  backtest: 'Backtest',
  audit: 'Audit',
  code: 'Code',
} as const;

export type AutomationTab = keyof typeof AUTOMATION_TABS;

/** Whether a text of the address names a part. */
export function isAutomationTab(text: unknown): text is AutomationTab {
  return typeof text === 'string' && Object.hasOwn(AUTOMATION_TABS, text);
}

/** Which part of an automation's page is shown, and the run or version that is asked about. */
export interface TabSearch {
  readonly tab?: AutomationTab;
  readonly about?: string;
}

export function tabSearch({ tab, about }: Record<string, unknown>): TabSearch {
  return { ...(isAutomationTab(tab) ? { tab } : {}), ...(typeof about === 'string' ? { about } : {}) };
}
