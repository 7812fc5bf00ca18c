import type { MetricAutomation } from '../engine/automation.ts';
import { seriesCandidates, streamOf } from '../engine/series-names.ts';
import type { SeriesPiece } from '../engine/series-piece.ts';
import { type Replayed, SeriesReplay } from '../engine/series-replay.ts';
import { leastShortfall } from '../engine/shortfall.ts';
import type { RunId } from '../model/ids.ts';
import type { TimeRange } from '../store/active-runs.ts';
import type { Queryable } from '../store/database.ts';
import { stepsOf } from '../store/many-lines.ts';
import type { SeenRun } from '../store/scope-runs.ts';
import { piecesAhead, type SeriesAhead, seriesAhead } from '../store/series-ahead.ts';
import { Arrivals } from './arrivals.ts';
import { LineGone, ReplayedRun } from './replayed-run.ts';

/** Longer runs are read slice by slice. */
const MOST_LINES = 16_384;

/** A firing with its step. */
export interface PlacedFiring extends Replayed {
  readonly step: number | null;
}

/** What a run would have fired in all of its history. */
export interface WholeReplay {
  readonly firings: readonly PlacedFiring[];
  /** Values that were judged, or that by their bounds cannot have fired. */
  readonly values: number;
}

/**
 * Replays many runs at a time: what they hold of the series is read in a few statements for all of them, and what by its
 * bounds cannot fire is not read at all. Runs that are long, that go on, or that reach out of the range of time are
 * missing in the answer: they are for {@link replayRun}, which judges alike.
 */
export async function replayAhead(
  database: Queryable,
  runs: readonly SeenRun[],
  automation: MetricAutomation,
  range: TimeRange,
): Promise<ReadonlyMap<RunId, WholeReplay>> {
  const whole = runs.filter(({ head, run }) => head.forkedLines === 0 && Date.parse(run.createdAt) >= range.from);
  const found = (await watchedAhead(database, whole, automation.series)).filter(
    ({ lastArrival }) => lastArrival === null || lastArrival < range.to,
  );
  const promising = found.filter((each) => leastShortfall(automation.event, each) <= 0 && each.observed > 0);
  const pieces = promising.length === 0 ? new Map<RunId, SeriesPiece[]>() : await piecesAhead(database, promising);
  const arrivals = new Arrivals(database);
  const replays = await Promise.all(
    promising.map(async (each) => {
      const replayed = await replay(database, automation, each, pieces.get(each.runId) ?? [], arrivals);
      return [each.runId, replayed] as const;
    }),
  );
  const judged = new Map(replays);
  const outcomes = found.map(
    ({ runId, observed }) => [runId, judged.get(runId) ?? { firings: [], values: observed }] as const,
  );
  return new Map(await withSteps(database, found, outcomes));
}

/**
 * The one series that meant the metric to each run in all of its history; runs are missing for which it was that of the
 * system until their own values came.
 */
async function watchedAhead(database: Queryable, runs: readonly SeenRun[], named: string): Promise<SeriesAhead[]> {
  const [own = named, system] = seriesCandidates(named);
  const ask = (series: string, heads: readonly SeenRun['head'][]) =>
    seriesAhead(database, heads, { stream: streamOf(series), series, mostLines: MOST_LINES });
  const heads = runs.map(({ head }) => head);
  const monitored = system === undefined ? [] : heads.filter(({ eventsLines }) => eventsLines > 0);
  const found = await ask(own, heads);
  if (system === undefined || monitored.length === 0) return found;
  const both = new Set(monitored.map(({ runId }) => runId));
  const ofSystem = new Map((await ask(system, monitored)).map((each) => [each.runId, each]));
  return found.flatMap((each) => {
    if (!both.has(each.runId)) return [each];
    const other = ofSystem.get(each.runId);
    if (other === undefined) return [];
    if (other.observed === 0) return [each];
    return each.observed === 0 ? [other] : [];
  });
}

/** @returns nothing when the run was rewound meanwhile: it is as if it had logged nothing */
async function replay(
  database: Queryable,
  named: MetricAutomation,
  { tenantId, runId, stream, lines, lastArrival }: SeriesAhead,
  pieces: readonly SeriesPiece[],
  arrivals: Arrivals,
): Promise<{ firings: Replayed[]; values: number }> {
  const key = { tenantId, runId, stream };
  const replaying = new SeriesReplay(named, []);
  const run = new ReplayedRun(database, key, replaying, {
    ...{ fromLine: 0, beforeLine: lines, lastArrival: lastArrival ?? undefined },
    arrivalOf: (line) => arrivals.of({ ...key, line }),
  });
  const firings: Replayed[] = [];
  try {
    for (const piece of pieces) firings.push(...(await run.fold(piece)));
  } catch (error) {
    if (!(error instanceof LineGone)) throw error;
  }
  return { firings, values: replaying.values };
}

type Outcome = readonly [RunId, { readonly firings: readonly Replayed[]; readonly values: number }];

async function withSteps(
  database: Queryable,
  found: readonly SeriesAhead[],
  outcomes: readonly Outcome[],
): Promise<[RunId, WholeReplay][]> {
  const keyOf = new Map(found.map((each) => [each.runId, each]));
  const lines = outcomes.flatMap(([runId, { firings }]) => {
    const { tenantId, stream } = keyOf.get(runId) ?? {};
    if (tenantId === undefined || stream === undefined) return [];
    return firings.map(({ line }) => ({ tenantId, runId, stream, line }));
  });
  const steps = lines.length === 0 ? [] : await stepsOf(database, lines);
  let next = 0;
  return outcomes.map(([runId, { firings, values }]) => {
    const placed = firings.map((firing) => {
      const step = steps[next] ?? null;
      next += 1;
      return { ...firing, step };
    });
    return [runId, { firings: placed, values }];
  });
}
