import type uPlot from 'uplot';
import { marksWithin } from './axis-marks.ts';
import { axisTexts, ROUND_SECONDS, valueTexts } from './axis-words.ts';
import type { Axis, ChartLook, Span } from './chart-line.ts';

const FONT = '11px "Inter Variable", system-ui, sans-serif';
/** Width of a digit of that font. */
const DIGIT = 6.5;
const GAP = 14;
/** A hand that moves less than this along one axis means the other. */
const ONE_WAY_PX = 36;

interface PlotParts {
  readonly axis: Axis;
  readonly look: Pick<ChartLook, 'logX' | 'logY'>;
  readonly width: number;
  readonly height: number;
  /** Charts of one group show their pointers together. */
  readonly group: string | undefined;
  readonly ranges: () => { readonly x: Span; readonly y: Span };
  readonly hooks: uPlot.Hooks.Arrays;
  readonly bind: uPlot.Cursor.Bind;
}

/** How a chart is drawn; colours come from the page, anew with each drawing, so that they follow its theme. */
export function plotOptions({ axis, look, group, ranges, hooks, bind, ...size }: PlotParts): uPlot.Options {
  const shared = { stroke: colour('--chart-words'), font: FONT, ticks: { show: false } };
  const seconds = (axis.by === 'runtime' || axis.by === 'time') && !look.logX;
  return {
    ...size,
    hooks,
    scales: {
      x: { time: false, distr: look.logX ? 3 : 1, range: () => [...ranges().x] },
      y: { distr: look.logY ? 3 : 1, range: () => [...ranges().y] },
    },
    axes: [
      {
        ...shared,
        grid: { show: false },
        space: axis.by === 'time' ? 76 : 64,
        size: 26,
        ...(seconds ? { incrs: [...ROUND_SECONDS] } : marked(look.logX)),
        values: (_, places, _index, _space, distance) => axisTexts(places, distance, axis),
      },
      {
        ...shared,
        grid: { stroke: colour('--chart-grid'), width: 1 },
        ...marked(look.logY),
        values: (_, places) => valueTexts(places),
        size: (_, all) => GAP + DIGIT * Math.max(2, ...(all ?? []).map((text) => text.length)),
        space: 36,
        gap: 6,
      },
    ],
    series: [{}, {}],
    legend: { show: false },
    cursor: {
      bind,
      y: false,
      points: { show: false },
      drag: { x: true, y: true, uni: ONE_WAY_PX, setScale: false },
      ...(group === undefined
        ? {}
        : { sync: { key: group, scales: ['x', null], filters: { pub: isMove, sub: isMove } } }),
    },
    padding: [8, 12, 0, 0],
  };
}

/** Lets any marks through: what it finds by itself reaches from 1e-16 to 1e32 only. */
const ANY_DISTANCE = [Number.MAX_VALUE];

/** Marks at round numbers, of whatever size they are. */
function marked(isLog: boolean): Pick<uPlot.Axis, 'incrs' | 'splits' | 'filter'> {
  let most = 1;
  return {
    incrs: (_plot, _axis, _min, _max, room, space) => {
      most = room / space;
      return ANY_DISTANCE;
    },
    splits: (_plot, _axis, min, max) => marksWithin([min, max], most, isLog),
    filter: (_plot, places) => places,
  };
}

/** Others follow where the pointer is, not what it does. */
const isMove = (type: string): boolean => type === 'mousemove' || type === 'mouseleave';

const colour = (name: string) => (plot: uPlot) => getComputedStyle(plot.root).getPropertyValue(name);
