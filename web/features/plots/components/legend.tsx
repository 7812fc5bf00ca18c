import type { ChartLine } from '../../../components/chart/chart-line.ts';
import styles from './plots.module.css';

/** Which line is whose. */
export function Legend({ lines }: { readonly lines: readonly ChartLine[] }) {
  return (
    <ul className={styles.legend} aria-label="Lines">
      {lines.map(({ key, name, colour }) => (
        <li key={key} className={styles.whose} title={name}>
          <span className={styles.dot} style={{ background: colour }} aria-hidden />
          <span>{name}</span>
        </li>
      ))}
    </ul>
  );
}
