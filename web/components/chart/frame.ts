import type uPlot from 'uplot';
import type { Span } from './chart-line.ts';
import type { Scale } from './view.ts';

/** Where the plot lies in its element, in pixels, and what it shows. */
export interface Frame {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
  readonly x: Span;
  readonly y: Span;
}

/** The frame of a plot; the same object while nothing has changed. */
export function frameOf(plot: uPlot, before: Frame | undefined): Frame | undefined {
  const { left, top, width, height } = plot.bbox;
  const { x, y } = plot.scales;
  if (x?.min == null || x.max == null || y?.min == null || y.max == null) return before;
  const ratio = devicePixelRatio;
  const frame: Frame = {
    ...{ left: left / ratio, top: top / ratio, width: width / ratio, height: height / ratio },
    ...{ x: [x.min, x.max], y: [y.min, y.max] },
  };
  return JSON.stringify(frame) === JSON.stringify(before) ? before : frame;
}

/** How far a value lies between two others on a scale, in per cent. */
export function share(value: number, span: Span, scale: Scale): number {
  const [min, max] = span.map(scale.to) as [number, number];
  return max === min ? 50 : (100 * (scale.to(value) - min)) / (max - min);
}
