/** Pixels of a line. */
export const LINE = 20;
/** Pixels that a browser can scroll over with some room left: more lines than fit are scrolled over faster. */
const TALLEST = 8_000_000;
/** Lines above and below those that are seen. */
const OVERSCAN = 20;

/** What of a long list stands in the page. */
export interface LineWindow {
  /** Pixels of the whole list. */
  readonly height: number;
  readonly from: number;
  /** Exclusive. */
  readonly before: number;
  /** Pixels above the first line. */
  readonly top: number;
}

/** Which lines are in sight. */
export function windowOf(total: number, scrolled: number, seen: number): LineWindow {
  const height = Math.min(total * LINE, TALLEST);
  const first = firstSeen(total, scrolled, seen);
  const from = Math.max(0, Math.floor(first) - OVERSCAN);
  const before = Math.min(total, Math.ceil(first + seen / LINE) + OVERSCAN);
  return { height, from, before, top: Math.max(0, Math.min(scrolled, height) - (first - from) * LINE) };
}

/** How far to scroll, so that a line stands in the middle. */
export function scrollTo(line: number, total: number, seen: number): number {
  const first = Math.max(0, Math.min(line + 0.5 - seen / LINE / 2, total - seen / LINE));
  if (total * LINE <= TALLEST) return first * LINE;
  return (first / (total - seen / LINE)) * (TALLEST - seen);
}

/** What of a list of wrapped lines stands in the page: nobody knows how tall those are that were never shown. */
export interface WrappedWindow {
  /** Pixels of the whole list, as far as can be told. */
  readonly height: number;
  readonly from: number;
  /** Exclusive. */
  readonly before: number;
  /** How far it is scrolled, from 0 to 1. */
  readonly share: number;
  /** The place in the list, in lines, that stands just as far down the box as the list is scrolled. */
  readonly anchor: number;
}

/**
 * Which wrapped lines are in sight: the same however tall they turn out to be.
 *
 * @param share how far the list is scrolled, from 0 to 1
 * @param each pixels of a line, as tall as those in sight are on average
 */
export function wrappedWindow(total: number, share: number, seen: number, each: number): WrappedWindow {
  const anchor = share * total;
  const from = Math.max(0, Math.floor(anchor - (share * seen) / LINE));
  const before = Math.min(total, Math.ceil(anchor + ((1 - share) * seen) / LINE) + 1);
  return { height: Math.min(total * each, TALLEST), from, before, share, anchor };
}

/** The first line in sight, with how much of it is above. */
function firstSeen(total: number, scrolled: number, seen: number): number {
  if (total * LINE <= TALLEST) return Math.min(scrolled / LINE, total);
  return Math.min(1, scrolled / (TALLEST - seen)) * (total - seen / LINE);
}
