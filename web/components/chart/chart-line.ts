/** Numbers along an axis, in its order. Those that are not finite are gaps. */
export interface Points {
  readonly x: readonly number[];
  readonly values: readonly number[];
}

/** A line of a chart. */
export interface ChartLine extends Points {
  readonly key: string;
  /** Whose it is. */
  readonly name: string;
  /** As CSS; the chart's own where it is left out. */
  readonly colour?: string;
  /** Which of the lines of its colour it is: each of them is dashed in another way. */
  readonly dash?: number;
  /** Means of stretches, where the points are only the peaks of these: what a smoothed line is made of. */
  readonly means?: Points | undefined;
}

/** What lines are drawn along: steps, seconds that a run has run, seconds since 1970, or another metric. */
export type Axis = { readonly by: 'step' | 'runtime' | 'time' } | { readonly by: 'metric'; readonly metric: string };

/** A value that somebody waits for. */
export interface Threshold {
  readonly value: number;
  /** Whose it is. */
  readonly words: string;
}

/** Where an automation fired, or would have. */
export interface ChartMark {
  readonly key: string;
  readonly x: number;
  readonly value: number;
  readonly words: string;
  /** The execution that it leads to. */
  readonly execution?: string;
}

/** A threshold that may be moved. */
export interface ChartHandle {
  readonly value: number;
  /** What is moved, for whoever hears it. */
  readonly label: string;
  readonly onChange: (value: number) => void;
}

/** A part of an axis, from its lowest to its highest place. */
export type Span = readonly [min: number, max: number];

/** How the numbers are shown. */
export interface ChartLook {
  /** From 0, not at all, to below 1. */
  readonly smoothing: number;
  readonly logX: boolean;
  readonly logY: boolean;
}

export const PLAIN_LOOK: ChartLook = { smoothing: 0, logX: false, logY: false };

/** A chart: what it draws, and what lies over it. */
export interface ChartProps {
  /** What is drawn. */
  readonly label: string;
  readonly lines: readonly ChartLine[];
  readonly axis: Axis;
  /** In pixels: it stays while the chart is loaded. */
  readonly height: number;
  readonly look?: ChartLook;
  readonly thresholds?: readonly Threshold[];
  readonly marks?: readonly ChartMark[];
  readonly handle?: ChartHandle | undefined;
  /** Charts of one group show their pointers together. */
  readonly group?: string;
  /** Told the part that somebody looks at more closely; `undefined` once all is shown again. */
  readonly onSpan?: (span: Span | undefined) => void;
}
