import type { ChartLine, Points, Span } from './chart-line.ts';
import { firstAt, nearestTo } from './nearest.ts';

/** What one line says at a place. */
export interface ReadValue {
  readonly line: ChartLine;
  readonly value: number;
  /** Without smoothing, where that is another. */
  readonly raw: number;
}

/** What stands under a cursor: of every line that reaches there, the highest value first. */
export interface Reading {
  readonly x: number;
  readonly values: readonly ReadValue[];
}

/** A line and what is drawn of it. */
export interface DrawnLine {
  readonly line: ChartLine;
  /** Its points as they are. */
  readonly raw: Points;
  /** What is drawn strongly: the same points, or the smoothed line. */
  readonly shown: Points;
}

/** A line that ended this part of the shown width before the cursor is not read there. */
const TOLERANCE = 0.02;

/** Reads all lines near a place; `undefined` where there is nothing. The place becomes that of the nearest point. */
export function readAt(lines: readonly DrawnLine[], place: number, span: Span): Reading | undefined {
  const x = nearestPlace(lines, place);
  if (x === undefined) return undefined;
  const tolerance = TOLERANCE * (span[1] - span[0]);
  const values = lines.flatMap(({ line, raw, shown }): ReadValue[] => {
    const value = valueAt(shown, x, tolerance);
    const own = valueAt(raw, x, tolerance);
    return value === undefined ? [] : [{ line, value, raw: own ?? value }];
  });
  return { x, values: values.toSorted((one, other) => other.value - one.value) };
}

/** The place of the next point of any line in a direction; the same where there is none. */
export function nextPlace(lines: readonly DrawnLine[], place: number, direction: 1 | -1): number {
  const places = lines.flatMap(({ raw: { x } }) => {
    let index = firstAt(x, place);
    if (direction < 0) return x[index - 1] ?? [];
    while (x[index] === place) index += 1;
    return x[index] ?? [];
  });
  if (places.length === 0) return place;
  return direction > 0 ? Math.min(...places) : Math.max(...places);
}

function nearestPlace(lines: readonly DrawnLine[], place: number): number | undefined {
  let found: number | undefined;
  for (const { raw } of lines) {
    const x = raw.x[nearestTo(raw.x, place)];
    if (x !== undefined && (found === undefined || Math.abs(x - place) < Math.abs(found - place))) found = x;
  }
  return found;
}

function valueAt({ x, values }: Points, place: number, tolerance: number): number | undefined {
  const [first, last] = [x[0], x.at(-1)];
  if (first === undefined || last === undefined || place < first - tolerance || place > last + tolerance)
    return undefined;
  return values[nearestTo(x, place)];
}
