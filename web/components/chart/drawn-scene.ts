import type { ChartLine, ChartLook, Points, Span } from './chart-line.ts';
import type { DrawnLine } from './reading.ts';
import { smoothed } from './smoothing.ts';
import { boundsIn, scaledRange } from './value-range.ts';
import { LINEAR, LOGARITHMIC, type Scale, type View } from './view.ts';

/** What is drawn, and what must be seen beside the lines. */
export interface Scene {
  readonly lines: readonly ChartLine[];
  readonly look: ChartLook;
  readonly thresholds: readonly number[];
  readonly always: readonly number[];
}

/** A scene with everything reckoned that a view of it needs. */
export interface DrawnScene {
  readonly lines: readonly DrawnLine[];
  readonly x: Scale;
  readonly y: Scale;
  /** All of the first axis that the lines take. */
  readonly whole: Span;
}

const NOTHING: Span = [0, 1];

/** Reckons what does not depend on the view but by the width of what is shown. @param width absent: of all */
export function drawnScene({ lines, look }: Scene, width?: number): DrawnScene {
  const x = look.logX ? LOGARITHMIC : LINEAR;
  const y = look.logY ? LOGARITHMIC : LINEAR;
  const raws = lines.map((line) => placed(line, x));
  const whole = wholeOf(raws, x);
  const drawn = lines.map((line, index): DrawnLine => {
    const raw = raws[index] ?? line;
    if (look.smoothing === 0) return { line, raw, shown: raw };
    const base = line.means === undefined ? raw : placed(line.means, x);
    return { line, raw, shown: smoothed(base, look.smoothing, width ?? whole[1] - whole[0]) };
  });
  return { lines: drawn, x, y, whole };
}

/** What is shown of both axes. */
export function rangesOf(
  { lines, x, y, whole }: DrawnScene,
  { thresholds, always }: Scene,
  view: View,
): { readonly x: Span; readonly y: Span } {
  const shown = view.x ?? padded(whole, x);
  if (view.y !== undefined) return { x: shown, y: view.y };
  const bounds = boundsIn(
    lines.map(({ raw }) => raw),
    shown,
    y,
  );
  return {
    x: shown,
    y: bounds === undefined ? (y === LINEAR ? NOTHING : [1, 10]) : scaledRange(bounds, thresholds, always, y),
  };
}

/** The points that have a place on a scale. */
function placed(points: Points, scale: Scale): Points {
  if (scale === LINEAR || points.x.every((place) => place > 0)) return points;
  const kept = points.x.flatMap((place, index) => (place > 0 ? [index] : []));
  return { x: kept.map((index) => points.x[index] ?? 0), values: kept.map((index) => points.values[index] ?? 0) };
}

function wholeOf(lines: readonly Points[], scale: Scale): Span {
  let [min, max] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const { x } of lines) {
    min = Math.min(min, x[0] ?? min);
    max = Math.max(max, x.at(-1) ?? max);
  }
  if (min <= max) return [min, max];
  return scale === LINEAR ? NOTHING : [1, 10];
}

/** A single place has something on both sides of it. */
function padded([min, max]: Span, scale: Scale): Span {
  if (min < max) return [min, max];
  return scale === LINEAR ? [min - 1, max + 1] : [min / 2, max * 2];
}
