import { type ComponentType, useEffect, useState } from 'react';
import styles from './chart.module.css';
import type { ChartProps } from './chart-line.ts';
import { chartWords } from './chart-words.ts';

/** Curves with thresholds and marks, as wide as there is room. They say in words what they show. */
export function Chart(props: ChartProps) {
  const { label, lines, axis, height } = props;
  const drawn = lines.some(({ values }) => values.some(Number.isFinite));
  const Drawing = useDrawing();
  return (
    <figure className={styles.chart} style={{ height }}>
      <figcaption className={styles.heard}>{chartWords(label, lines, axis)}</figcaption>
      {!drawn && <p className={styles.nothing}>Nothing to draw yet.</p>}
      {drawn && Drawing !== undefined && <Drawing {...props} />}
    </figure>
  );
}

type Drawing = ComponentType<ChartProps>;

let drawing: Drawing | undefined;
let loading: Promise<Drawing> | undefined;

/**
 * Loads what draws, on demand and ahead of the numbers. Not by a boundary that waits: React holds what such a one shows
 * back for a third of a second.
 */
export function loadDrawing(): Promise<Drawing> {
  loading ??= import('./drawing.tsx').then(
    (module) => {
      drawing = module.default;
      return module.default;
    },
    (error: unknown) => {
      // whoever comes back online may try again
      loading = undefined;
      throw error;
    },
  );
  return loading;
}

function useDrawing(): Drawing | undefined {
  const [loaded, setLoaded] = useState<Drawing | undefined>(() => drawing);
  const [fault, setFault] = useState<unknown>();
  useEffect(() => {
    if (loaded === undefined) loadDrawing().then((found) => setLoaded(() => found), setFault);
  }, [loaded]);
  if (fault !== undefined) throw fault;
  return loaded;
}
