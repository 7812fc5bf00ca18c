import { type ReactNode, useState } from 'react';
import type { ChartHandle, ChartLine } from '../../../components/chart/chart-line.ts';
import { type Bell, type BellDraft, sensibleValue } from './bell.ts';

/** A threshold that is chosen on a plot, while it is. */
export interface Draft {
  readonly isOpen: boolean;
  readonly toggle: () => void;
  /** What is dragged on the plot. */
  readonly handle: ChartHandle | undefined;
  /** The form of the bell, for an automation of a metric. */
  readonly form: (bell: Bell, metric: string) => ReactNode;
}

/** Lays a threshold across a plot and has an automation made of it. */
export function useDraft(lines: readonly ChartLine[]): Draft {
  const [draft, setDraft] = useState<BellDraft>();
  const close = () => setDraft(undefined);
  return {
    isOpen: draft !== undefined,
    toggle: () => setDraft(draft === undefined ? { above: true, value: sensibleValue(lines, true) } : undefined),
    handle: draft && { value: draft.value, label: 'Threshold', onChange: (value) => setDraft({ ...draft, value }) },
    form: (bell, metric) =>
      draft && bell({ metric, draft, onChange: (next) => setDraft(turned(next, draft, lines)), onClose: close }),
  };
}

/** Who turns from above to below gets the value that begins there, unless they had chosen one. */
function turned(next: BellDraft, before: BellDraft, lines: readonly ChartLine[]): BellDraft {
  const isUntouched = next.value === before.value && before.value === sensibleValue(lines, before.above);
  return next.above !== before.above && isUntouched ? { ...next, value: sensibleValue(lines, next.above) } : next;
}
