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
}

export function stepSearch(search: Record<string, unknown>): StepSearch {
  const step = STEPS.find((each) => each === search.step);
  return step === undefined ? {} : { step };
}

export function newAutomationSearch(search: Record<string, unknown>): NewAutomationSearch {
  const type = EVENT_TYPES.find((each) => each === search.type);
  const texts = ['from', 'entity', 'project', 'collection', 'metric'].flatMap((name) => {
    const value = search[name];
    return typeof value === 'string' || typeof value === 'number' ? [[name, String(value)] as const] : [];
  });
  return { ...stepSearch(search), ...(type === undefined ? {} : { type }), ...Object.fromEntries(texts) };
}

const TABS = ['overview', 'backtest', 'code'] as const;

export function tabSearch({ tab }: Record<string, unknown>): { readonly tab?: (typeof TABS)[number] } {
  const found = TABS.find((each) => each === tab);
  return found === undefined ? {} : { tab: found };
}
