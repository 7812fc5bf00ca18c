import { Fragment, type MouseEvent, memo } from 'react';
import { spansOf } from '../../../../src/model/ansi.ts';
import type { LogLine } from '../../../lib/api/generated.ts';
import { cutAt } from './cut-at.ts';
import styles from './log.module.css';

interface LogRowProps {
  readonly number: number;
  /** `undefined` while it is read, `null` where there is none. */
  readonly line: LogLine | null | undefined;
  /** What is searched, in small letters. */
  readonly wanted: string;
  /** Where the address leads. */
  readonly isNamed: boolean;
  /** @param line from 1 */
  readonly onLine: (line: number) => void;
}

/** A line of a console; its number leads to it. */
export const LogRow = memo(function LogRow({ number, line, wanted, isNamed, onLine }: LogRowProps) {
  const name = (event: MouseEvent): void => {
    // whoever wants another tab, or the address, has the link
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    onLine(number + 1);
  };
  return (
    <li className={styles.line} data-level={line?.level ?? undefined} data-named={isNamed}>
      <a
        href={`?tab=logs&line=${number + 1}`}
        className={styles.number}
        aria-label={`Line ${number + 1}`}
        onClick={name}
      >
        {number + 1}
      </a>
      <span className={styles.time}>{line?.at == null ? '' : timeOf(line.at)}</span>
      {line != null && (
        <span className={styles.text}>
          {line.label !== null && <span className={styles.label}>{line.label} </span>}
          <LineText text={line.text} wanted={wanted} />
        </span>
      )}
    </li>
  );
});

/** The pieces never move: what stands at a place stays there. */
const LineText = memo(function LineText({ text, wanted }: { readonly text: string; readonly wanted: string }) {
  return spansOf(text).map(({ text: piece, ...style }, at) => (
    <span
      // biome-ignore lint/suspicious/noArrayIndexKey: pieces have nothing else to be told apart by
      key={at}
      data-colour={style.colour}
      data-bold={style.bold || undefined}
      data-dim={style.dim || undefined}
      data-italic={style.italic || undefined}
      data-underlined={style.underlined || undefined}
    >
      {cutAt(piece, wanted).map(({ text: part, isMatch }, index) =>
        // biome-ignore lint/suspicious/noArrayIndexKey: as above
        isMatch ? <mark key={index}>{part}</mark> : <Fragment key={index}>{part}</Fragment>,
      )}
    </span>
  ));
});

const clock = new Intl.DateTimeFormat('en', {
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  hourCycle: 'h23',
});

/** The viewer's time of an instant that the client wrote in UTC. */
function timeOf(at: string): string {
  const instant = Date.parse(/[zZ]|[+-]\d\d:?\d\d$/.test(at) ? at : `${at}Z`);
  return Number.isNaN(instant) ? '' : clock.format(instant);
}
