/** Numbers along steps or time, in that order. Those that are not finite are gaps. */
export interface ChartLine {
  readonly x: readonly number[];
  readonly values: readonly number[];
}

/** Steps, or seconds since 1970. */
export type Along = 'step' | 'time';

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

/** A chart: what it draws, and what lies over it. */
export interface ChartProps {
  /** What is drawn. */
  readonly label: string;
  readonly line: ChartLine;
  readonly along: Along;
  /** In pixels: it stays while the chart is loaded. */
  readonly height: number;
  readonly thresholds?: readonly Threshold[];
  readonly marks?: readonly ChartMark[];
  readonly handle?: ChartHandle;
  /** Charts of one group show their pointers together. */
  readonly group?: string;
}
