import type { ChartLine } from '../../../components/chart/chart-line.ts';
import { LineMark } from '../../../components/chart/line-mark.tsx';
import styles from './plots.module.css';

/** Which line is whose. */
export function Legend({ lines }: { readonly lines: readonly ChartLine[] }) {
  return (
    <ul className={styles.legend} aria-label="Lines">
      {lines.map((line) => (
        <li key={line.key} className={styles.whose} title={line.name}>
          <LineMark {...line} />
          <span>{line.name}</span>
        </li>
      ))}
    </ul>
  );
}
