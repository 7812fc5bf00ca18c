import { metricText } from '../../../lib/words.ts';
import styles from './spark.module.css';

const WIDTH = 320;
const HEIGHT = 64;
const MARGIN = 6;

/** The values of a window, newest at the right. */
export function Spark({ values }: { readonly values: readonly number[] }) {
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const x = (index: number) => MARGIN + (index * (WIDTH - 2 * MARGIN)) / (values.length - 1);
  const y = (value: number) => HEIGHT - MARGIN - ((value - low) / (high - low || 1)) * (HEIGHT - 2 * MARGIN);
  const points = values.map((value, index) => ({ x: x(index), y: y(value) }));
  const newest = points.at(-1);
  const label = `${values.length} values from ${metricText(low)} to ${metricText(high)}`;
  return (
    <figure className={styles.spark}>
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={label} className={styles.drawing}>
        <polyline points={points.map((point) => `${point.x},${point.y}`).join(' ')} className={styles.line} />
        {newest !== undefined && <circle cx={newest.x} cy={newest.y} r={4} className={styles.newest} />}
      </svg>
      <figcaption className={styles.words}>{values.map(metricText).join(', ')}</figcaption>
    </figure>
  );
}
