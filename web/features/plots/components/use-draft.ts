import { type ReactNode, useState } from 'react';
import type { ChartHandle, ChartLine } from '../../../components/chart/chart-line.ts';
import { type Bell, type BellDraft, sensibleValue } from './bell.ts';
import type { Lines } from './use-lines.ts';

/** A threshold that is chosen on a plot, while it is. */
export interface Draft {
  readonly isOpen: boolean;
  readonly toggle: () => void;
  /** What is dragged on the plot. */
  readonly handle: ChartHandle | undefined;
  /** The form of the bell, for an automation of a metric. */
  readonly form: (bell: Bell, metric: string) => ReactNode;
}

/** Lays a threshold across a plot and has an automation made of it. Who asks before the lines are there waits for them. */
export function useDraft({ lines, isWaiting }: Pick<Lines, 'lines' | 'isWaiting'>): Draft {
  const [draft, setDraft] = useState<BellDraft | 'asked'>();
  if (draft === 'asked' && !isWaiting) setDraft({ above: true, value: sensibleValue(lines, true) });
  const laid = draft === 'asked' ? undefined : draft;
  const close = () => setDraft(undefined);
  return {
    isOpen: draft !== undefined,
    toggle: () => setDraft(draft === undefined ? 'asked' : undefined),
    handle: laid && { value: laid.value, label: 'Threshold', onChange: (value) => setDraft({ ...laid, value }) },
    form: (bell, metric) =>
      laid && bell({ metric, draft: laid, onChange: (next) => setDraft(turned(next, laid, lines)), onClose: close }),
  };
}

/** Who turns from above to below gets the value that begins there, unless they had chosen one. */
function turned(next: BellDraft, before: BellDraft, lines: readonly ChartLine[]): BellDraft {
  const isUntouched = next.value === before.value && before.value === sensibleValue(lines, before.above);
  return next.above !== before.above && isUntouched ? { ...next, value: sensibleValue(lines, next.above) } : next;
}
