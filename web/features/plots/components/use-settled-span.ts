import { useEffect, useState } from 'react';
import type { Span } from '../../../components/chart/chart-line.ts';

const PAUSE_MS = 120;

/** A part of an axis once nobody moves it any more; all of it at once. */
export function useSettledSpan(span: Span | undefined): Span | undefined {
  const [settled, setSettled] = useState(span);
  useEffect(() => {
    if (span === undefined) {
      setSettled(undefined);
      return;
    }
    const timer = setTimeout(() => setSettled(span), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [span]);
  return settled;
}
