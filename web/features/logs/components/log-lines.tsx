import { Button } from '@mantine/core';
import { ArrowDownToLine } from 'lucide-react';
import { useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react';
import type { RunLog } from '../api/use-log-lines.ts';
import { LINE, scrollTo, windowOf, wrappedWindow } from './line-window.ts';
import styles from './log.module.css';
import { LogRow } from './log-line.tsx';
import { useScroll } from './use-scroll.ts';
import { WrappedLines } from './wrapped-lines.tsx';

interface LogLinesProps {
  readonly log: RunLog;
  readonly total: number;
  /** The line that the address names, from 0. */
  readonly named: number | undefined;
  /** What is searched, in small letters. */
  readonly wanted: string;
  readonly live: boolean;
  /** Long lines go on in the next row. */
  readonly wraps: boolean;
  readonly onLine: (line: number) => void;
}

/** However many lines there are, the page holds those in sight. At the end it follows what is written. */
export function LogLinesView({ log, total, named, wanted, live, wraps, onLine }: LogLinesProps) {
  const box = useRef<HTMLElement>(null);
  const { top, seen } = useScroll(box);
  const [isFollowing, setFollowing] = useState(named === undefined);
  const { each, measured } = useLineHeight();
  const [share, setShare] = useState(0);
  const wrapped = wraps ? wrappedWindow(total, share, seen, each) : undefined;
  const plain = windowOf(total, top, seen);
  const shown = wrapped ?? plain;
  const isAtEnd = top + seen >= shown.height - LINE;

  // somebody who scrolls away looks at something; who comes back to the end wants to see what comes
  const onScroll = useCallback(() => {
    const { current } = box;
    if (current === null) return;
    setFollowing(current.scrollTop + current.clientHeight >= current.scrollHeight - LINE);
    setShare(shareOf(current));
  }, []);
  useLayoutEffect(() => {
    if (isFollowing && box.current !== null && seen > 0) box.current.scrollTop = shown.height;
  }, [isFollowing, shown.height, seen]);
  const isLaidOut = seen > 0;
  // biome-ignore lint/correctness/useExhaustiveDependencies: a line is gone to once, not again with each new one
  useLayoutEffect(() => {
    if (named === undefined || !isLaidOut || box.current === null) return;
    setFollowing(false);
    // the first line at the top, the last at the bottom: so each is seen whole, however tall it is
    const share = named / Math.max(1, total - 1);
    box.current.scrollTop = wraps ? share * (shown.height - seen) : scrollTo(named, total, seen);
  }, [named, isLaidOut]);
  const laidOut = useRef({ each, wraps });
  // lines turn out to be taller or lower than was thought: what is in sight stays there
  // biome-ignore lint/correctness/useExhaustiveDependencies: where one stands changes by what is written, too
  useLayoutEffect(() => {
    const { current } = box;
    if (current === null) return;
    const isAsBefore = laidOut.current.each === each && laidOut.current.wraps === wraps;
    laidOut.current = { each, wraps };
    if (isAsBefore) setShare(shareOf(current));
    else current.scrollTop = share * (current.scrollHeight - current.clientHeight);
  }, [each, wraps, total, seen]);
  const { lines, known } = log;
  useEffect(() => {
    if (known.fault === null) lines.want(shown.from, shown.before);
  }, [lines, known, shown.from, shown.before]);

  const numbers = Array.from({ length: shown.before - shown.from }, (_, index) => shown.from + index);
  const rows = numbers.map((number) => (
    <LogRow
      key={number}
      number={number}
      line={known.at(number)}
      wanted={wanted}
      isNamed={number === named}
      onLine={onLine}
    />
  ));
  return (
    <div className={styles.frame}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard */}
      <section ref={box} className={styles.scroll} aria-label="Log" tabIndex={0} onScroll={onScroll}>
        {wrapped === undefined ? (
          <div className={styles.all} style={{ height: plain.height }}>
            <ol className={styles.lines} style={{ transform: `translateY(${plain.top}px)` }}>
              {rows}
            </ol>
          </div>
        ) : (
          <WrappedLines shown={wrapped} seen={seen} onMeasure={measured}>
            {rows}
          </WrappedLines>
        )}
      </section>
      {!isAtEnd && seen > 0 && (
        <Button
          className={styles.toEnd ?? ''}
          size="compact-sm"
          leftSection={<ArrowDownToLine size={14} aria-hidden />}
          onClick={() => setFollowing(true)}
        >
          {live ? 'Follow the end' : 'To the end'}
        </Button>
      )}
    </div>
  );
}

/** How far a box is scrolled, from 0 to 1. */
function shareOf({ scrollTop, scrollHeight, clientHeight }: HTMLElement): number {
  return scrollHeight > clientHeight ? Math.min(1, scrollTop / (scrollHeight - clientHeight)) : 0;
}

/** From where on lines count as taller or lower than was thought: else the list would never come to rest. */
const NOTED = 0.05;

/** How tall wrapped lines are on average, by those that were in sight last. */
function useLineHeight() {
  const [each, setEach] = useState(LINE);
  const measured = useCallback(
    (next: number) => setEach((known) => (Math.abs(next - known) > NOTED * known ? next : known)),
    [],
  );
  return { each, measured };
}
