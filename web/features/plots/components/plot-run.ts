/** A run whose numbers are drawn. */
export interface PlotRun {
  readonly id: string;
  readonly name: string;
  /** As CSS. */
  readonly colour: string;
  /** Which of the runs of its colour it is. */
  readonly dash?: number;
  /** Whether it goes on while one watches. */
  readonly live: boolean;
}

/** Runs that one plot shows at most. */
export const MOST_RUNS = 50;

/** Runs that tell themselves apart also where they share a colour. */
export function toldApart(runs: readonly PlotRun[]): PlotRun[] {
  const seen = new Map<string, number>();
  return runs.map((run) => {
    const dash = seen.get(run.colour) ?? 0;
    seen.set(run.colour, dash + 1);
    return { ...run, dash };
  });
}
