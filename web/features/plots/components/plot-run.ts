/** A run whose numbers are drawn. */
export interface PlotRun {
  readonly id: string;
  readonly name: string;
  /** As CSS. */
  readonly colour: string;
  /** Whether it goes on while one watches. */
  readonly live: boolean;
}

/** Runs that one plot shows at most. */
export const MOST_RUNS = 20;
