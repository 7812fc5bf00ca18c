import {
  ACTION_TYPES,
  AGGREGATIONS,
  COMPARISONS,
  EVENT_TYPES,
} from '../features/automations/components/builder/draft.ts';
import type { Beginning } from '../features/automations/components/builder/empty-draft.ts';
import { STEPS, type Step } from '../features/automations/components/builder/fault.ts';
import { type Given, textsIn } from '../lib/address-text.ts';
import { nameIn } from '../lib/name-in.ts';

interface StepSearch {
  readonly step?: Step;
}

/** What the address of a new automation may say already. */
export interface NewAutomationSearch extends StepSearch, Partial<Beginning> {
  readonly from?: string;
}

export function stepSearch(search: Given): StepSearch {
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

export function newAutomationSearch(search: Given): NewAutomationSearch {
  const choices = Object.entries(CHOICES).flatMap(([name, accepted]) => {
    const chosen = accepted.find((each) => each === search[name]);
    return chosen === undefined ? [] : [[name, chosen] as const];
  });
  // an empty one is still to be chosen
  const collection = search.collection === '' ? { collection: '' } : {};
  return { ...stepSearch(search), ...collection, ...Object.fromEntries(choices), ...textsIn(search, TEXTS) };
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
export const isAutomationTab = nameIn(AUTOMATION_TABS);

/** Which part of an automation's page is shown, and the run or version that is asked about. */
export interface TabSearch {
  readonly tab?: AutomationTab;
  readonly about?: string;
}

export function tabSearch({ tab, ...others }: Given): TabSearch {
  return { ...(isAutomationTab(tab) ? { tab } : {}), ...textsIn(others, ['about']) };
}
