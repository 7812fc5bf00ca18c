import type uPlot from 'uplot';
import type { Along } from './chart-line.ts';
import { axisText } from './chart-words.ts';

const FONT = '11px "Inter Variable", system-ui, sans-serif';
/** Width of a digit of that font. */
const DIGIT = 6.5;
const GAP = 14;

interface PlotParts {
  readonly along: Along;
  readonly width: number;
  readonly height: number;
  /** Charts of one group show their pointers together. */
  readonly group: string | undefined;
  readonly range: (low: number, high: number) => [number, number];
  readonly onDraw: (plot: uPlot) => void;
  readonly onPoint: (plot: uPlot) => void;
}

/** How a chart is drawn; colours come from the page, anew with each drawing, so that they follow its theme. */
export function plotOptions({ along, group, range, onDraw, onPoint, ...size }: PlotParts): uPlot.Options {
  const axis = { stroke: colour('--chart-words'), font: FONT, ticks: { show: false } };
  return {
    ...size,
    scales: {
      x: { time: along === 'time' },
      y: { range: (_, low, high) => (low === null || high === null ? [0, 1] : range(low, high)) },
    },
    axes: [
      {
        ...axis,
        grid: { show: false },
        space: 70,
        size: 26,
        ...(along === 'step' ? { values: (_: uPlot, all: number[]) => all.map(axisText) } : {}),
      },
      {
        ...axis,
        grid: { stroke: colour('--chart-grid'), width: 1 },
        values: (_, all) => all.map(axisText),
        size: (_, all) => GAP + DIGIT * Math.max(2, ...(all ?? []).map((text) => text.length)),
        space: 36,
        gap: 6,
      },
    ],
    series: [{}, { stroke: colour('--chart-line'), width: 1.5, spanGaps: true, points: { size: 4 } }],
    legend: { show: false },
    cursor: { y: false, points: { size: 7 }, ...(group === undefined ? {} : { sync: { key: group } }) },
    padding: [8, 12, 0, 0],
    hooks: { draw: [onDraw], setCursor: [onPoint] },
  };
}

const colour = (name: string) => (plot: uPlot) => getComputedStyle(plot.root).getPropertyValue(name);
