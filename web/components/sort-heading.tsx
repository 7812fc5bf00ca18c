import { ArrowDown, ArrowUp, ArrowUpDown } from 'lucide-react';
import type { Sorted } from '../lib/sort-order.ts';
import styles from './sort-heading.module.css';

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
