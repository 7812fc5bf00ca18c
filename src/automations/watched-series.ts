import { type MetricAutomation, seriesCandidates, streamOf } from '../engine/automation.ts';
import type { Instant } from '../model/clock.ts';
import type { Queryable } from '../store/database.ts';
import { arrivalOf, firstLineSince } from '../store/line-times.ts';
import { FarBack, newestValues } from '../store/newest-values.ts';
import { type LineRange, ownLines } from '../store/own-lines.ts';
import type { RunHead } from '../store/run-heads.ts';
import { seriesPieces } from '../store/series-pieces.ts';

/** Chunks without columns that are read to see whether a run has logged a metric. */
const MOST_CHUNKS = 256;

type Logged = Pick<RunHead, 'tenantId' | 'runId' | 'historyLines' | 'eventsLines' | 'forkedLines'>;

/** Lines of one stream in which an automation judges a series. */
export interface JudgedLines {
  readonly automation: MetricAutomation;
  readonly lines: LineRange;
}

/**
 * The automation with the series that its metric means to a run: that of the system for a bare name of which the run has
 * logged nothing itself (automations, section 2.5, "System metrics").
 */
export async function inWatchedSeries(
  database: Queryable,
  head: Logged,
  automation: MetricAutomation,
): Promise<MetricAutomation> {
  const [own, system] = seriesCandidates(automation.series);
  if (own === undefined || system === undefined || head.eventsLines === 0) return automation;
  return (await hasValues(database, head, own)) ? automation : { ...automation, series: system };
}

/**
 * The series that an automation judged in the life of a run, in their order: a bare name means that of the system
 * until the first value arrives that the run has logged itself.
 */
export async function judgedLines(
  database: Queryable,
  head: Logged,
  automation: MetricAutomation,
): Promise<readonly JudgedLines[]> {
  const own = { automation, lines: ownLines(head, streamOf(automation.series)) };
  const [, system] = seriesCandidates(automation.series);
  if (system === undefined || head.eventsLines === 0) return [own];
  const { fromLine, beforeLine: lineCount } = ownLines(head, 'events');
  const logged = await loggedSince(database, head, own);
  const key = { ...head, stream: 'events' as const };
  const beforeLine =
    logged === undefined ? lineCount : await firstLineSince(database, key, logged, { from: fromLine, lineCount });
  return [{ automation: { ...automation, series: system }, lines: { fromLine, beforeLine } }, own];
}

/** When the first value of a history series arrived. */
async function loggedSince(
  database: Queryable,
  head: Logged,
  { automation: { series }, lines }: JudgedLines,
): Promise<Instant | undefined> {
  const key = { ...head, stream: 'history' as const };
  for await (const { firstLine, lines: at, values } of seriesPieces(database, key, series, lines)) {
    const first = values.findIndex((value) => !Number.isNaN(value));
    if (first !== -1) return (await arrivalOf(database, key, firstLine + (at[first] as number)))?.receivedAt;
  }
  return undefined;
}

async function hasValues(database: Queryable, head: Logged, series: string): Promise<boolean> {
  const { fromLine, beforeLine } = ownLines(head, 'history');
  try {
    const one = new Map([[series, 1]]);
    const found = await newestValues(database, head, 'history', beforeLine, one, MOST_CHUNKS, fromLine);
    return (found.get(series)?.values.length ?? 0) > 0;
  } catch (error) {
    if (error instanceof FarBack) return true;
    throw error;
  }
}
