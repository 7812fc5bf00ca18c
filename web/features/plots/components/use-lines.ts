import { type UseQueryResult, useQueries } from '@tanstack/react-query';
import type { Axis, ChartLine, Span } from '../../../components/chart/chart-line.ts';
import { type RunLine, spanToAsk, spliced } from '../api/run-line.ts';
import { type LineAsked, type ProjectPlace, runLineQuery } from '../api/run-lines.ts';
import type { PlotRun } from './plot-run.ts';
import { useSettledSpan } from './use-settled-span.ts';

interface LinesWanted {
  readonly place: ProjectPlace;
  readonly runs: readonly PlotRun[];
  readonly metric: string;
  readonly axis: Axis;
  /** Of each line, at most. */
  readonly points: number;
  /** Whether anybody sees them. */
  readonly enabled: boolean;
}

/** The lines of a plot, as far as they are there. */
export interface Lines {
  readonly lines: readonly ChartLine[];
  readonly isWaiting: boolean;
  readonly error: Error | null;
  readonly retry: () => void;
  /** Told which part of the axis is looked at: that part is read closely. */
  readonly onSpan: (span: Span | undefined) => void;
}

/** Points of each line of a part that is looked at closely. */
const CLOSE_POINTS = 1_000;

/** Reads the lines of a plot, and the part of them closely that somebody looks at. */
export function useLines({ place, runs, metric, axis, points, enabled }: LinesWanted): Lines {
  const [span, onSpan] = useSettledSpan();
  const asked = (run: PlotRun): LineAsked => ({ ...place, run: run.id, metric, axis, points });
  const all = useQueries({ queries: runs.map((run) => ({ ...runLineQuery(asked(run), run.live), enabled })) });
  const close = span === undefined ? undefined : spanToAsk(span);
  const details = useQueries({
    queries: runs.map((run, index) => ({
      ...runLineQuery({ ...asked(run), points: CLOSE_POINTS, span: close ?? [0, 0] }, run.live),
      enabled: enabled && close !== undefined && isThinned(all[index]?.data),
    })),
  });
  const lines = runs.flatMap((run, index): ChartLine[] => {
    const line = all[index]?.data;
    if (line === undefined || line.count === 0) return [];
    const detail = close === undefined ? undefined : details[index]?.data;
    const drawn = detail === undefined || close === undefined ? line : splicedOnce(line, detail, close);
    return [lineOf(run, drawn)];
  });
  return {
    lines,
    isWaiting: all.some(({ data, error }) => data === undefined && error === null),
    error: errorOf(all),
    retry: () => {
      for (const { error, refetch } of all) if (error !== null) void refetch();
    },
    onSpan,
  };
}

function isThinned(line: RunLine | undefined): boolean {
  return line !== undefined && line.x.length < line.count;
}

function errorOf(results: readonly UseQueryResult<RunLine>[]): Error | null {
  return results.find(({ data, error }) => data === undefined && error !== null)?.error ?? null;
}

const splices = new WeakMap<RunLine, { readonly line: RunLine; readonly drawn: RunLine }>();

/** The same line for the same parts, so that nothing is drawn anew. */
function splicedOnce(line: RunLine, detail: RunLine, span: Span): RunLine {
  const known = splices.get(detail);
  if (known?.line === line) return known.drawn;
  const drawn = spliced(line, detail, span);
  splices.set(detail, { line, drawn });
  return drawn;
}

const drawnLines = new WeakMap<RunLine, ChartLine>();

function lineOf({ id, name, colour, dash = 0 }: PlotRun, line: RunLine): ChartLine {
  const known = drawnLines.get(line);
  if (known?.key === id && known.name === name && known.colour === colour && known.dash === dash) return known;
  const made = { key: id, name, colour, dash, x: line.x, values: line.values, means: line.means };
  drawnLines.set(line, made);
  return made;
}
