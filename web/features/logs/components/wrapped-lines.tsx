import { type ReactNode, useLayoutEffect, useRef } from 'react';
import type { WrappedWindow } from './line-window.ts';
import styles from './log.module.css';

interface WrappedLinesProps {
  readonly shown: WrappedWindow;
  /** Pixels that are seen. */
  readonly seen: number;
  /** How tall a line is that is in the page, on average. */
  readonly onMeasure: (each: number) => void;
  readonly children: ReactNode;
}

/** Lines that are as tall as their words want: each is put where it belongs once it is known how tall they are. */
export function WrappedLines({ shown, seen, onMeasure, children }: WrappedLinesProps) {
  const list = useRef<HTMLOListElement>(null);
  useLayoutEffect(() => {
    const { current } = list;
    const at = Math.max(shown.from, Math.min(Math.floor(shown.anchor), shown.before - 1));
    const line = current?.children[at - shown.from];
    if (current === null || !(line instanceof HTMLElement)) return;
    const place = line.offsetTop + (shown.anchor - at) * line.offsetHeight;
    current.style.transform = `translateY(${Math.round(shown.share * seen - place)}px)`;
    onMeasure(current.offsetHeight / current.childElementCount);
  });
  return (
    <div className={styles.wrapped} style={{ height: shown.height }}>
      <div className={styles.pinned} style={{ height: seen }}>
        <ol ref={list} className={styles.lines}>
          {children}
        </ol>
      </div>
    </div>
  );
}
