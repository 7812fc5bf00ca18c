import { lazy, Suspense } from 'react';
import styles from './chart.module.css';
import type { ChartProps } from './chart-line.ts';
import { chartWords } from './chart-words.ts';

const Drawing = lazy(() => import('./drawing.tsx'));

/** Curves with thresholds and marks, as wide as there is room. They say in words what they show. */
export function Chart(props: ChartProps) {
  const { label, lines, axis, height } = props;
  const drawn = lines.some(({ values }) => values.some(Number.isFinite));
  return (
    <figure className={styles.chart} style={{ height }}>
      <figcaption className={styles.heard}>{chartWords(label, lines, axis)}</figcaption>
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
