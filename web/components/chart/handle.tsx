import type { KeyboardEvent, PointerEvent } from 'react';
import { axisText } from './axis-words.ts';
import styles from './chart.module.css';
import type { ChartHandle, Span } from './chart-line.ts';
import { type Frame, share } from './frame.ts';
import { roundedIn } from './value-range.ts';
import { LINEAR, type Scale } from './view.ts';

interface HandleProps {
  readonly frame: Frame;
  readonly scale: Scale;
  readonly handle: ChartHandle;
  /** Told the range that is to stay while the handle is moved; `undefined` when it is let go. */
  readonly onHold: (range: Span | undefined) => void;
}

const KEYS: Readonly<Record<string, number>> = { ArrowUp: 1, ArrowDown: -1, PageUp: 10, PageDown: -10 };

/** A threshold that is moved by pointer or by arrow keys. */
export function Handle({ frame: { y, height }, scale, handle: { value, label, onChange }, onHold }: HandleProps) {
  const [min, max] = y;
  const [low, high] = y.map(scale.to) as [number, number];
  const moveTo = (place: number) => onChange(rounded(scale.from(place), y, scale));
  const move = ({ currentTarget, clientY, pointerId }: PointerEvent<HTMLDivElement>): void => {
    if (!currentTarget.hasPointerCapture(pointerId)) return;
    const box = currentTarget.parentElement?.getBoundingClientRect();
    const up = box === undefined ? 0 : Math.min(height, Math.max(0, box.bottom - clientY));
    moveTo(low + (up / height) * (high - low));
  };
  const press = (event: KeyboardEvent): void => {
    const steps = KEYS[event.key];
    if (steps === undefined) return;
    event.preventDefault();
    moveTo(scale.to(value) + (steps * (high - low)) / 100);
  };
  return (
    <div
      role="slider"
      tabIndex={0}
      className={styles.handle}
      style={{ bottom: `${share(value, y, scale)}%` }}
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
        onHold(y);
      }}
      onPointerMove={move}
      onLostPointerCapture={() => onHold(undefined)}
      onKeyDown={press}
    >
      <span className={styles.grip}>{axisText(value)}</span>
    </div>
  );
}

/** On a scale of ratios, a value has the digits that it can mean by itself. */
function rounded(value: number, range: Span, scale: Scale): number {
  return scale === LINEAR ? roundedIn(value, range) : Number(value.toPrecision(3));
}
