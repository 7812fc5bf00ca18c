import type { Points, Span } from './chart-line.ts';
import { indexesIn } from './nearest.ts';
import type { DrawnLine } from './reading.ts';
import type { Scale } from './view.ts';

/** Where the numbers of a chart lie on its canvas. */
export interface Placing {
  readonly spans: { readonly x: Span; readonly y: Span };
  readonly x: Scale;
  readonly y: Scale;
}

/** A part of a canvas, in its pixels. */
export interface Box {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** Lines, and where they are drawn. */
export interface LineDrawing {
  readonly lines: readonly DrawnLine[];
  readonly placing: Placing;
  readonly box: Box;
  /** What a colour of the page means now. */
  readonly colourOf: (line: DrawnLine) => string;
}

/** What somebody sees at once: how near the points of a line lie there decides how it is drawn. */
export interface Sight {
  readonly span: Span;
  readonly width: number;
}

const FAINT = 0.22;
const STRONG_PX = 1.6;
/** A line of this width is drawn many times faster than a broader one that goes up and down all the time. */
const THIN_PX = 1;
/** Points that lie so near are many. */
const DENSE_PX = 4;
/** Points that lie so far apart are drawn as such. */
const SPARSE_PX = 24;
const DOT_PX = 2.25;

/** Draws all lines, the faint ones below the strong ones. @param sight of which the box is a part; absent: the box is all */
export function drawLines(ctx: CanvasRenderingContext2D, drawing: LineDrawing, sight?: Sight): void {
  const { lines, placing, box, colourOf } = drawing;
  ctx.save();
  ctx.beginPath();
  ctx.rect(box.left, box.top, box.width, box.height);
  ctx.clip();
  ctx.lineJoin = 'bevel';
  const trace = tracerOf(box, placing, sight ?? { span: placing.spans.x, width: box.width });
  for (const line of lines) {
    if (line.shown === line.raw) continue;
    ctx.globalAlpha = FAINT;
    stroke(ctx, trace(line.raw), colourOf(line), THIN_PX);
  }
  ctx.globalAlpha = 1;
  for (const line of lines) {
    const dashes = dashesOf(line.line.dash);
    const traced = trace(line.shown, dashes.length > 0);
    const width = traced.isDense && line.shown === line.raw ? THIN_PX : STRONG_PX;
    stroke(ctx, traced, colourOf(line), width, dashes);
    ctx.fillStyle = colourOf(line);
    ctx.fill(traced.dots);
  }
  ctx.restore();
}

/** Of lines that share a colour, in pixels. */
const DASHES: readonly (readonly number[])[] = [[], [6, 4], [2, 3], [9, 3, 2, 3]];

function dashesOf(dash = 0): readonly number[] {
  return DASHES[dash % DASHES.length] ?? [];
}

function stroke(
  ctx: CanvasRenderingContext2D,
  { path, passed }: Pick<Trace, 'path' | 'passed'>,
  colour: string,
  width: number,
  dashes: readonly number[] = [],
): void {
  ctx.setLineDash(dashes.map((length) => length * devicePixelRatio));
  ctx.lineDashOffset = passed;
  ctx.strokeStyle = colour;
  ctx.lineWidth = width * devicePixelRatio;
  ctx.stroke(path);
}

interface Trace {
  readonly path: Path2D;
  readonly dots: Path2D;
  readonly isDense: boolean;
  /** Pixels of the line that lie before the path: its dashes go on from there, wherever the box begins. */
  readonly passed: number;
}

/** Traces what of a line lies in a box, and one point on either side of it. */
function tracerOf(box: Box, { spans, x, y }: Placing, sight: Sight): (points: Points, isDashed?: boolean) => Trace {
  const left = along(spans.x, x, box.left, box.width);
  const top = along([spans.y[1], spans.y[0]], y, box.top, box.height);
  return (points, isDashed = false) => {
    const path = new Path2D();
    const dots = new Path2D();
    const [first, before] = indexesIn(points.x, spans.x);
    const apart = distance(points, sight);
    const isSparse = apart > SPARSE_PX * devicePixelRatio;
    const from = Math.max(0, first - 1);
    let begun = false;
    for (let index = from; index < Math.min(points.x.length, before + 1); index += 1) {
      const value = points.values[index] as number;
      if (!Number.isFinite(value)) continue;
      const [across, down] = [left(points.x[index] as number), top(value)];
      if (!Number.isFinite(down)) continue;
      if (begun) path.lineTo(across, down);
      else path.moveTo(across, down);
      begun = true;
      if (isSparse) addDot(dots, across, down);
    }
    const passed = isDashed ? lengthUpTo(from, points, left, top) : 0;
    return { path, dots, isDense: apart < DENSE_PX * devicePixelRatio, passed };
  };
}

/** How long a line is up to one of its points, in pixels. */
function lengthUpTo(end: number, { x, values }: Points, left: ToPixel, top: ToPixel): number {
  let [length, across, down] = [0, Number.NaN, Number.NaN];
  for (let index = 0; index <= end && index < x.length; index += 1) {
    const [nextAcross, nextDown] = [left(x[index] as number), top(values[index] as number)];
    if (!Number.isFinite(nextDown) || !Number.isFinite(nextAcross)) continue;
    if (!Number.isNaN(across)) length += Math.hypot(nextAcross - across, nextDown - down);
    [across, down] = [nextAcross, nextDown];
  }
  return length;
}

/** How far the points of a line lie apart, in pixels. */
function distance({ x }: Points, { span, width }: Sight): number {
  const [first, before] = indexesIn(x, span);
  return width / Math.max(1, before - first);
}

function addDot(dots: Path2D, across: number, down: number): void {
  const size = DOT_PX * devicePixelRatio;
  dots.moveTo(across + size, down);
  dots.arc(across, down, size, 0, 2 * Math.PI);
}

type ToPixel = (value: number) => number;

/** From a value to a pixel. @param length of all that is shown */
function along([from, to]: Span, scale: Scale, start: number, length: number): ToPixel {
  const [low, high] = [scale.to(from), scale.to(to)];
  const each = high === low ? 0 : length / (high - low);
  return (value) => start + (scale.to(value) - low) * each;
}
