import { type KeyboardEvent, useState } from 'react';
import { placeText } from './axis-words.ts';
import styles from './chart.module.css';
import type { Axis } from './chart-line.ts';
import { readingWords } from './chart-words.ts';
import type { Frame } from './frame.ts';
import type { Plot } from './plot.ts';
import { nextPlace } from './reading.ts';
import { ReadingBox } from './reading-box.tsx';

interface CursorProps {
  readonly label: string;
  readonly frame: Frame;
  readonly plot: Plot;
  readonly axis: Axis;
  /** Whether less than all is shown. */
  readonly isClose: boolean;
}

/**
 * Reads a chart by keyboard: arrows go from point to point and say what is there, with Shift they move what is shown;
 * plus and minus look closer and from further away, Escape and 0 show all again.
 */
export function Cursor({ label, frame, plot, axis, isClose }: CursorProps) {
  const [place, setPlace] = useState<number>();
  const [isFocused, setFocused] = useState(false);
  const at = Math.min(frame.x[1], Math.max(frame.x[0], place ?? frame.x[1]));
  const reading = plot.read(at);
  const go = (to: number): void => {
    setPlace(to);
    plot.pointAt(to);
  };
  const press = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const deed = deedOf(event, { plot, frame, at, go });
    if (deed === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    deed();
  };
  const { left, top, width, height } = frame;
  return (
    <>
      <div
        role="slider"
        tabIndex={0}
        className={styles.cursor}
        style={{ left, top, width, height }}
        // Escape shows all before it closes the dialog around
        data-mantine-stop-propagation={isClose}
        aria-label={`Cursor of ${label}`}
        aria-orientation="horizontal"
        aria-valuemin={frame.x[0]}
        aria-valuemax={frame.x[1]}
        aria-valuenow={at}
        aria-valuetext={reading === undefined ? placeText(at, axis) : readingWords(reading, axis)}
        onKeyDown={press}
        onFocus={() => setFocused(true)}
        onBlur={() => {
          setFocused(false);
          plot.pointAt(undefined);
        }}
      />
      {isFocused && place !== undefined && reading !== undefined && (
        <ReadingBox
          pointed={{ reading, left: (width * (at - frame.x[0])) / (frame.x[1] - frame.x[0]) }}
          {...{ frame, axis }}
        />
      )}
    </>
  );
}

interface Keys {
  readonly plot: Plot;
  readonly frame: Frame;
  readonly at: number;
  readonly go: (to: number) => void;
}

function deedOf({ key, shiftKey }: KeyboardEvent, { plot, frame, at, go }: Keys): (() => void) | undefined {
  switch (key) {
    case 'ArrowLeft':
    case 'ArrowRight': {
      const direction = key === 'ArrowRight' ? 1 : -1;
      return shiftKey ? () => plot.panBy(direction) : () => go(nextPlace(plot.drawn.lines, at, direction));
    }
    case 'Home':
      return () => go(frame.x[0]);
    case 'End':
      return () => go(frame.x[1]);
    case '+':
    case '=':
      return () => plot.zoom(true, at);
    case '-':
      return () => plot.zoom(false, at);
    case '0':
      return () => plot.reset();
    case 'Escape':
      return plot.isClose ? () => plot.reset() : undefined;
    default:
      return undefined;
  }
}
