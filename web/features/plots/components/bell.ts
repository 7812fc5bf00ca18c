import type { ReactNode } from 'react';
import type { ChartLine } from '../../../components/chart/chart-line.ts';
import { boundsOf } from '../../../components/chart/chart-words.ts';
import { roundedIn } from '../../../components/chart/value-range.ts';

/** A threshold while it is chosen on a plot. */
export interface BellDraft {
  readonly value: number;
  readonly above: boolean;
}

/** What a form for an automation is given by the plot that it belongs to. */
export interface BellProps {
  readonly metric: string;
  readonly draft: BellDraft;
  readonly onChange: (draft: BellDraft) => void;
  readonly onClose: () => void;
}

/** The form that a bell opens. */
export type Bell = (props: BellProps) => ReactNode;

/** The newest part of a line, by its points. */
const NEWEST = 0.5;

/**
 * A value to begin with: the highest, or the lowest, that the newer half of the lines came to. What lies beyond it has
 * not been seen for a while.
 */
export function sensibleValue(lines: readonly ChartLine[], above: boolean): number {
  const newest = lines.flatMap(({ values }) =>
    values.slice(Math.floor(values.length * NEWEST)).filter(Number.isFinite),
  );
  const [low, high] = boundsOf(newest);
  if (low > high) return 0;
  return low === high ? high : roundedIn(above ? high : low, [low, high]);
}
