import { Link } from '@tanstack/react-router';
import styles from './chart.module.css';
import type { ChartHandle, ChartMark, Span, Threshold } from './chart-line.ts';
import { type Frame, share } from './frame.ts';
import { Handle } from './handle.tsx';
import type { Scale } from './view.ts';

interface OverlayProps {
  readonly frame: Frame;
  readonly scales: { readonly x: Scale; readonly y: Scale };
  readonly thresholds: readonly Threshold[];
  readonly marks: readonly ChartMark[];
  readonly handle: ChartHandle | undefined;
  readonly onHold: (range: Span | undefined) => void;
}

/** What lies over a drawing. */
export function Overlay({ frame, scales, thresholds, marks, handle, onHold }: OverlayProps) {
  const { left, top, width, height, x, y } = frame;
  return (
    <div className={styles.overlay} style={{ left, top, width, height }}>
      {thresholds
        .filter(({ value }) => isWithin(value, y))
        .map(({ value, words }) => (
          <div
            key={`${value} ${words}`}
            className={styles.threshold}
            style={{ bottom: `${share(value, y, scales.y)}%` }}
          >
            <span className={styles.whose}>{words}</span>
          </div>
        ))}
      {marks
        .filter((mark) => isWithin(mark.x, x))
        .map((mark) => (
          <Mark
            key={mark.key}
            mark={mark}
            place={{ left: `${share(mark.x, x, scales.x)}%`, bottom: `${heightOf(mark.value, y, scales.y)}%` }}
          />
        ))}
      {handle !== undefined && <Handle frame={frame} scale={scales.y} handle={handle} onHold={onHold} />}
    </div>
  );
}

interface MarkProps {
  readonly mark: ChartMark;
  readonly place: { readonly left: string; readonly bottom: string };
}

function Mark({ mark: { words, execution }, place }: MarkProps) {
  if (execution === undefined) return <span className={styles.mark} style={place} title={words} />;
  return (
    <Link
      to="/executions/$id"
      params={{ id: execution }}
      className={styles.mark}
      style={place}
      aria-label={words}
      title={words}
    />
  );
}

/** What lies beyond the values that are shown stands at their edge: it fired all the same. */
function heightOf(value: number, y: Span, scale: Scale): number {
  const height = share(value, y, scale);
  return Number.isNaN(height) ? 0 : Math.min(100, Math.max(0, height));
}

function isWithin(value: number, [min, max]: Span): boolean {
  return value >= min && value <= max;
}
