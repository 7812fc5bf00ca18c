import { ArrowDown, ArrowUp, ArrowUpDown } from 'lucide-react';
import styles from './run-table.module.css';

/** How a list of runs is sorted by a field: `-` before a field turns it round. */
export type Sorted = 'ascending' | 'descending' | 'none';

const ICONS = { ascending: ArrowUp, descending: ArrowDown, none: ArrowUpDown } as const;

interface SortHeadingProps {
  readonly title: string;
  readonly sorted: Sorted;
  readonly onSort: () => void;
}

/** The head of a column; pressed once it sorts downwards, then upwards, then no more. */
export function SortHeading({ title, sorted, onSort }: SortHeadingProps) {
  const Icon = ICONS[sorted];
  return (
    <button type="button" className={styles.sort} data-sorted={sorted} title={`Sort by ${title}`} onClick={onSort}>
      <span className={styles.title}>{title}</span>
      <Icon size={13} aria-hidden />
    </button>
  );
}

export function sortedBy(sort: string, field: string): Sorted {
  if (sort === field) return 'ascending';
  return sort === `-${field}` ? 'descending' : 'none';
}

/** The order after a head was pressed; `undefined` for the usual one. */
export function nextSort(sort: string, field: string): string | undefined {
  const next = { none: `-${field}`, descending: field, ascending: undefined } as const;
  return next[sortedBy(sort, field)];
}
