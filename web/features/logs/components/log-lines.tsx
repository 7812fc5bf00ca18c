import { Button } from '@mantine/core';
import { ArrowDownToLine } from 'lucide-react';
import { useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react';
import type { RunLog } from '../api/use-log-lines.ts';
import { LINE, scrollTo, windowOf } from './line-window.ts';
import styles from './log.module.css';
import { LogRow } from './log-line.tsx';
import { useScroll } from './use-scroll.ts';

interface LogLinesProps {
  readonly log: RunLog;
  readonly total: number;
  /** The line that the address names, from 0. */
  readonly named: number | undefined;
  /** What is searched, in small letters. */
  readonly wanted: string;
  readonly live: boolean;
  readonly onLine: (line: number) => void;
}

/** However many lines there are, the page holds those in sight. At the end it follows what is written. */
export function LogLinesView({ log, total, named, wanted, live, onLine }: LogLinesProps) {
  const box = useRef<HTMLElement>(null);
  const { top, seen } = useScroll(box);
  const [isFollowing, setFollowing] = useState(named === undefined);
  const shown = windowOf(total, top, seen);
  const isAtEnd = top + seen >= shown.height - LINE;

  // somebody who scrolls away looks at something; who comes back to the end wants to see what comes
  const onScroll = useCallback(() => {
    const { current } = box;
    if (current !== null) setFollowing(current.scrollTop + current.clientHeight >= current.scrollHeight - LINE);
  }, []);
  useLayoutEffect(() => {
    if (isFollowing && box.current !== null && seen > 0) box.current.scrollTop = shown.height;
  }, [isFollowing, shown.height, seen]);
  const isLaidOut = seen > 0;
  // biome-ignore lint/correctness/useExhaustiveDependencies: a line is gone to once, not again with each new one
  useLayoutEffect(() => {
    if (named === undefined || !isLaidOut || box.current === null) return;
    setFollowing(false);
    box.current.scrollTop = scrollTo(named, total, seen);
  }, [named, isLaidOut]);
  const { lines, known } = log;
  useEffect(() => {
    if (known.fault === null) lines.want(shown.from, shown.before);
  }, [lines, known, shown.from, shown.before]);

  const numbers = Array.from({ length: shown.before - shown.from }, (_, index) => shown.from + index);
  return (
    <div className={styles.frame}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard */}
      <section ref={box} className={styles.scroll} aria-label="Log" tabIndex={0} onScroll={onScroll}>
        <div className={styles.all} style={{ height: shown.height }}>
          <ol className={styles.lines} style={{ transform: `translateY(${shown.top}px)` }}>
            {numbers.map((number) => (
              <LogRow
                key={number}
                number={number}
                line={known.at(number)}
                wanted={wanted}
                isNamed={number === named}
                onLine={onLine}
              />
            ))}
          </ol>
        </div>
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
