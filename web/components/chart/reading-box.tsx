import { count, metricText } from '../../lib/words.ts';
import { placeText } from './axis-words.ts';
import styles from './chart.module.css';
import type { Axis } from './chart-line.ts';
import type { Frame } from './frame.ts';
import { LineMark } from './line-mark.tsx';
import type { Reading } from './reading.ts';

/** What stands under the pointer, and how far that is from the left of the plot. */
export interface Pointed {
  readonly reading: Reading;
  readonly left: number;
}

interface ReadingBoxProps {
  readonly pointed: Pointed;
  readonly frame: Frame;
  readonly axis: Axis;
}

/** Lines that are listed. */
const LISTED = 12;
const APART = 12;

/** The values of all lines under the pointer, beside it; whoever reads by keyboard hears them from the cursor. */
export function ReadingBox({ pointed: { reading, left }, frame, axis }: ReadingBoxProps) {
  const { values, x } = reading;
  const isRight = left > frame.width / 2;
  const place = isRight
    ? { right: `calc(100% - ${frame.left + left - APART}px)` }
    : { left: frame.left + left + APART };
  return (
    <div className={styles.reading} style={{ top: frame.top, ...place }} aria-hidden>
      <p className={styles.place}>{placeText(x, axis)}</p>
      {values.slice(0, LISTED).map(({ line, value, raw }) => (
        <p key={line.key} className={styles.value}>
          <LineMark {...line} />
          <span className={styles.whoseValue}>{line.name}</span>
          <b>{metricText(value)}</b>
          {raw !== value && <span className={styles.raw}>{metricText(raw)}</span>}
        </p>
      ))}
      {values.length > LISTED && <p className={styles.place}>and {count(values.length - LISTED, 'more run')}</p>}
    </div>
  );
}
