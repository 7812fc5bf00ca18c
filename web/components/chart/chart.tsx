import { lazy, Suspense } from 'react';
import styles from './chart.module.css';
import type { ChartProps } from './chart-line.ts';
import { chartWords } from './chart-words.ts';

const Drawing = lazy(() => import('./drawing.tsx'));

/** A curve with thresholds and marks, as wide as there is room. It says in words what it shows. */
export function Chart(props: ChartProps) {
  const { label, line, along, height } = props;
  const drawn = line.values.some(Number.isFinite);
  return (
    <figure className={styles.chart} style={{ height }}>
      <figcaption className={styles.heard}>{chartWords(label, line, along)}</figcaption>
      {drawn ? (
        <Suspense>
          <Drawing {...props} />
        </Suspense>
      ) : (
        <p className={styles.nothing}>Nothing to draw yet.</p>
      )}
    </figure>
  );
}
