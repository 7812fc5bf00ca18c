import {
  ACTION_TYPES,
  AGGREGATIONS,
  COMPARISONS,
  EVENT_TYPES,
} from '../features/automations/components/builder/draft.ts';
import type { Beginning } from '../features/automations/components/builder/empty-draft.ts';
import { STEPS, type Step } from '../features/automations/components/builder/fault.ts';

interface StepSearch {
  readonly step?: Step;
}

/** What the address of a new automation may say already. */
export interface NewAutomationSearch extends StepSearch, Partial<Beginning> {
  readonly from?: string;
}

export function stepSearch(search: Record<string, unknown>): StepSearch {
  const step = STEPS.find((each) => each === search.step);
  return step === undefined ? {} : { step };
}

const TEXTS = ['from', 'entity', 'project', 'collection', 'metric', 'runs', 'value', 'window', 'integration'] as const;
const CHOICES = {
  type: EVENT_TYPES,
  comparison: COMPARISONS,
  aggregation: AGGREGATIONS,
  action: ACTION_TYPES,
} as const;

export function newAutomationSearch(search: Record<string, unknown>): NewAutomationSearch {
  const texts = TEXTS.flatMap((name) => {
    const value = search[name];
    return typeof value === 'string' || typeof value === 'number' ? [[name, String(value)] as const] : [];
  });
  const choices = Object.entries(CHOICES).flatMap(([name, accepted]) => {
    const chosen = accepted.find((each) => each === search[name]);
    return chosen === undefined ? [] : [[name, chosen] as const];
  });
  return { ...stepSearch(search), ...Object.fromEntries(choices), ...Object.fromEntries(texts) };
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
