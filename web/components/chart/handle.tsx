import type { KeyboardEvent, PointerEvent } from 'react';
import styles from './chart.module.css';
import type { ChartHandle } from './chart-line.ts';
import { axisText } from './chart-words.ts';
import { type Frame, share } from './frame.ts';
import { roundedIn } from './value-range.ts';

interface HandleProps {
  readonly frame: Frame;
  readonly handle: ChartHandle;
  /** Told the range that is to stay while the handle is moved; `undefined` when it is let go. */
  readonly onHold: (range: [number, number] | undefined) => void;
}

const KEYS: Readonly<Record<string, number>> = { ArrowUp: 1, ArrowDown: -1, PageUp: 10, PageDown: -10 };

/** A threshold that is moved by pointer or by arrow keys. */
export function Handle({ frame: { y, height }, handle: { value, label, onChange }, onHold }: HandleProps) {
  const [min, max] = y;
  const move = ({ currentTarget, clientY, pointerId }: PointerEvent<HTMLDivElement>): void => {
    if (!currentTarget.hasPointerCapture(pointerId)) return;
    const box = currentTarget.parentElement?.getBoundingClientRect();
    const up = box === undefined ? 0 : Math.min(height, Math.max(0, box.bottom - clientY));
    onChange(roundedIn(min + (up / height) * (max - min), y));
  };
  const press = (event: KeyboardEvent): void => {
    const steps = KEYS[event.key];
    if (steps === undefined) return;
    event.preventDefault();
    onChange(roundedIn(value + (steps * (max - min)) / 100, y));
  };
  return (
    <div
      role="slider"
      tabIndex={0}
      className={styles.handle}
      style={{ bottom: `${share(value, y)}%` }}
      aria-label={label}
      aria-orientation="vertical"
      aria-valuenow={value}
      aria-valuemin={min}
      aria-valuemax={max}
      aria-valuetext={axisText(value)}
      onPointerDown={(event) => {
        event.preventDefault();
        event.currentTarget.focus();
        event.currentTarget.setPointerCapture(event.pointerId);
        onHold([min, max]);
      }}
      onPointerMove={move}
      onLostPointerCapture={() => onHold(undefined)}
      onKeyDown={press}
    >
      <span className={styles.grip}>{axisText(value)}</span>
    </div>
  );
}
