import styles from './chart.module.css';
import type { ChartLine } from './chart-line.ts';

/** How a line is drawn, beside its name. */
export function LineMark({ colour = 'var(--chart-line)', dash = 0 }: Pick<ChartLine, 'colour' | 'dash'>) {
  return <span className={styles.lineMark} data-dash={dash} style={{ borderColor: colour }} aria-hidden />;
}
