import { Tooltip } from '@mantine/core';
import { useSyncExternalStore } from 'react';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const relative = new Intl.RelativeTimeFormat('en', { numeric: 'auto', style: 'short' });
const day = new Intl.DateTimeFormat('en', { day: 'numeric', month: 'short', year: 'numeric' });
const exact = new Intl.DateTimeFormat('en', { dateStyle: 'full', timeStyle: 'long' });

/** An instant in the viewer's zone: how long ago, and the exact time on hover. */
export function Time({ at }: { readonly at: string }) {
  const now = useMinute();
  const instant = new Date(at);
  return (
    <Tooltip label={exact.format(instant)}>
      <time dateTime={at}>{shortly(instant, now)}</time>
    </Tooltip>
  );
}

function shortly(instant: Date, now: number): string {
  const since = now - instant.getTime();
  const size = Math.abs(since);
  if (size < MINUTE) return since >= 0 ? 'just now' : 'in a moment';
  if (size < HOUR) return relative.format(-Math.round(since / MINUTE), 'minute');
  if (size < DAY) return relative.format(-Math.round(since / HOUR), 'hour');
  if (size < 30 * DAY) return relative.format(-Math.round(since / DAY), 'day');
  return day.format(instant);
}

/** The time, anew each minute while somebody looks. */
function useMinute(): number {
  return useSyncExternalStore(eachMinute, () => Math.floor(Date.now() / MINUTE) * MINUTE + MINUTE - 1);
}

function eachMinute(tell: () => void): () => void {
  const timer = setInterval(tell, MINUTE);
  return () => clearInterval(timer);
}
