import { useCallback, useEffect, useRef, useState } from 'react';
import type { Span } from '../../../components/chart/chart-line.ts';

const PAUSE_MS = 120;

/**
 * A part of an axis once nobody moves it any more, and what is told of each move: nothing is drawn anew meanwhile. All
 * of the axis is settled at once.
 */
export function useSettledSpan(): [span: Span | undefined, tell: (span: Span | undefined) => void] {
  const [span, setSpan] = useState<Span>();
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  const tell = useCallback((next: Span | undefined) => {
    clearTimeout(timer.current);
    if (next === undefined) setSpan(undefined);
    else timer.current = setTimeout(() => setSpan(next), PAUSE_MS);
  }, []);
  return [span, tell];
}
