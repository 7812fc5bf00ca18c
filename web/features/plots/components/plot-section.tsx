import { ChevronDown } from 'lucide-react';
import type { ReactNode } from 'react';
import styles from './plots.module.css';

interface PlotSectionProps {
  readonly title: string;
  /** Plots in it. */
  readonly count: number;
  readonly isOpen: boolean;
  readonly onOpen: (isOpen: boolean) => void;
  readonly children: ReactNode;
}

/** Plots that belong together, which can be folded away. */
export function PlotSection({ title, count, isOpen, onOpen, children }: PlotSectionProps) {
  return (
    <section className={styles.section} aria-label={title}>
      <h2 className={styles.title}>
        <button type="button" className={styles.fold} aria-expanded={isOpen} onClick={() => onOpen(!isOpen)}>
          <ChevronDown size={16} aria-hidden />
          {title} <span className={styles.count}>{count.toLocaleString('en')}</span>
        </button>
      </h2>
      {isOpen && <div className={styles.grid}>{children}</div>}
    </section>
  );
}
