import type uPlot from 'uplot';
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

const FAINT = 0.22;
const STRONG_PX = 1.6;
/** A line of this width is drawn many times faster than a broader one that goes up and down all the time. */
const THIN_PX = 1;
/** Points that lie so near are many. */
const DENSE_PX = 4;
/** Points that lie so far apart are drawn as such. */
const SPARSE_PX = 24;
const DOT_PX = 2.25;

/** Draws all lines, the faint ones below the strong ones. @param colourOf what a colour of the page means now */
export function drawLines(
  plot: uPlot,
  lines: readonly DrawnLine[],
  placing: Placing,
  colourOf: (line: DrawnLine) => string,
): void {
  const { ctx, bbox } = plot;
  ctx.save();
  ctx.beginPath();
  ctx.rect(bbox.left, bbox.top, bbox.width, bbox.height);
  ctx.clip();
  ctx.lineJoin = 'bevel';
  const trace = tracerOf(plot, placing);
  for (const line of lines) {
    if (line.shown === line.raw) continue;
    ctx.globalAlpha = FAINT;
    stroke(ctx, trace(line.raw).path, colourOf(line), THIN_PX);
  }
  ctx.globalAlpha = 1;
  for (const line of lines) {
    const { path, dots, isDense } = trace(line.shown);
    stroke(ctx, path, colourOf(line), isDense && line.shown === line.raw ? THIN_PX : STRONG_PX, line.line.dash);
    ctx.fillStyle = colourOf(line);
    ctx.fill(dots);
  }
  ctx.restore();
}

/** Of lines that share a colour, in pixels. */
const DASHES: readonly (readonly number[])[] = [[], [6, 4], [2, 3], [9, 3, 2, 3]];

function stroke(ctx: CanvasRenderingContext2D, path: Path2D, colour: string, width: number, dash = 0): void {
  ctx.setLineDash((DASHES[dash % DASHES.length] ?? []).map((length) => length * devicePixelRatio));
  ctx.strokeStyle = colour;
  ctx.lineWidth = width * devicePixelRatio;
  ctx.stroke(path);
}

interface Trace {
  readonly path: Path2D;
  readonly dots: Path2D;
  readonly isDense: boolean;
}

/** Traces what of a line lies in sight, and one point on either side of it. */
function tracerOf({ bbox }: uPlot, { spans, x, y }: Placing): (points: Points) => Trace {
  const left = along(spans.x, x, bbox.left, bbox.width);
  const top = along([spans.y[1], spans.y[0]], y, bbox.top, bbox.height);
  return (points) => {
    const path = new Path2D();
    const dots = new Path2D();
    const [first, before] = indexesIn(points.x, spans.x);
    const apart = bbox.width / Math.max(1, before - first);
    const isSparse = apart > SPARSE_PX * devicePixelRatio;
    let begun = false;
    for (let index = Math.max(0, first - 1); index < Math.min(points.x.length, before + 1); index += 1) {
      const value = points.values[index] as number;
      if (!Number.isFinite(value)) continue;
      const [across, down] = [left(points.x[index] as number), top(value)];
      if (!Number.isFinite(down)) continue;
      if (begun) path.lineTo(across, down);
      else path.moveTo(across, down);
      begun = true;
      if (isSparse) addDot(dots, across, down);
    }
    return { path, dots, isDense: apart < DENSE_PX * devicePixelRatio };
  };
}

function addDot(dots: Path2D, across: number, down: number): void {
  const size = DOT_PX * devicePixelRatio;
  dots.moveTo(across + size, down);
  dots.arc(across, down, size, 0, 2 * Math.PI);
}

/** From a value to a pixel. @param length of all that is shown */
function along([from, to]: Span, scale: Scale, start: number, length: number): (value: number) => number {
  const [low, high] = [scale.to(from), scale.to(to)];
  const each = high === low ? 0 : length / (high - low);
  return (value) => start + (scale.to(value) - low) * each;
}
