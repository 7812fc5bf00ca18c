import type { MetricAutomation } from '../engine/automation.ts';
import { seriesCandidates } from '../engine/series-names.ts';
import type { Queryable } from '../store/database.ts';
import { FarBack, newestValues } from '../store/newest-values.ts';
import { ownLines } from '../store/own-lines.ts';
import type { RunHead } from '../store/run-heads.ts';

/** Chunks without columns that are read to see whether a run has logged a metric. */
const MOST_CHUNKS = 256;

/**
 * The automation with the series that its metric means to a run: that of the system for a bare name of which the run has
 * logged nothing itself (automations, section 2.5, "System metrics").
 */
export async function inWatchedSeries(
  database: Queryable,
  head: Pick<RunHead, 'tenantId' | 'runId' | 'historyLines' | 'eventsLines' | 'forkedLines'>,
  automation: MetricAutomation,
): Promise<MetricAutomation> {
  const [own, system] = seriesCandidates(automation.series);
  if (own === undefined || system === undefined || head.eventsLines === 0) return automation;
  return (await hasValues(database, head, own)) ? automation : { ...automation, series: system };
}

async function hasValues(
  database: Queryable,
  head: Pick<RunHead, 'tenantId' | 'runId' | 'historyLines' | 'eventsLines' | 'forkedLines'>,
  series: string,
): Promise<boolean> {
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
