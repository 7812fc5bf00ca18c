import type { MetricAutomation } from '../engine/automation.ts';
import { streamOf } from '../engine/automation.ts';
import { type FilterVerdict, runVerdict } from '../engine/filter-verdict.ts';
import { judgeMetric } from '../engine/judge.ts';
import { type LimitInForce, limitsInForce } from '../engine/limits-in-force.ts';
import { measuredWords } from '../engine/measured-words.ts';
import type { NearestMiss } from '../engine/series-survey.ts';
import { ValueRing } from '../engine/value-ring.ts';
import { readable } from '../events/captured-metric.ts';
import { sentence } from '../events/index.ts';
import type { Instant } from '../model/clock.ts';
import type { Queryable } from '../store/database.ts';
import { findLatch } from '../store/latches.ts';
import { lineAt } from '../store/line-at.ts';
import { arrivalOf, firstLineSince, type StreamKey } from '../store/line-times.ts';
import { type LineRange, ownLines } from '../store/own-lines.ts';
import type { SeenRun } from '../store/scope-runs.ts';
import { type Asked, watchesProject } from './ask-why.ts';
import type { ExplainRoom } from './room.ts';
import { type Surveyed, surveySeries } from './survey-series.ts';
import { inWatchedSeries } from './watched-series.ts';
import type { MetricExamined, Nearest, WhyNot, WhyReason, WhySubject } from './why-not.ts';

/** An answer is to be there within 50 ms: the reading of history ends before. */
const READING_MS = 25;

/** Why a metric automation fired for a run, or did not. @param seen the run as it is now */
export async function whyMetric(
  room: ExplainRoom,
  asked: Asked,
  named: MetricAutomation,
  subject: WhySubject,
  seen: SeenRun,
): Promise<WhyNot> {
  const { database } = room.ground;
  const { head, run } = seen;
  const automation = await inWatchedSeries(database, head, named);
  const stream = streamOf(automation.series);
  const key: StreamKey = { tenantId: head.tenantId, runId: head.runId, stream };
  const own = ownLines(head, stream);
  const since = asked.since <= Date.parse(run.createdAt) ? 0 : asked.since;
  const [latch, last, surveyed] = await Promise.all([
    findLatch(database, { ...head, automationId: automation.id }),
    arrivalOf(database, key, own.beforeLine),
    surveySince(database, key, automation, since, own),
  ]);
  if (surveyed.unread > 0) room.columnsWanted(head);
  const metric = await examined(room, automation, key, surveyed);
  const filter = runVerdict(automation, run);
  const limits = limitsInForce(automation, { ...asked.facts, latch, newest: last?.receivedAt });
  const answer = { filter, limits, metric, events: [], executions: asked.executions };
  return { ...answer, ...reasonOf(watchesProject(asked, subject), automation, answer, surveyed) };
}

/** @param since 0 for all there are */
async function surveySince(
  database: Queryable,
  key: StreamKey,
  automation: MetricAutomation,
  since: Instant,
  own: LineRange,
): Promise<Surveyed> {
  const all = { from: own.fromLine, lineCount: own.beforeLine };
  const sinceLine = since === 0 ? own.fromLine : await firstLineSince(database, key, since, all);
  return surveySeries(database, key, automation, { own, sinceLine }, timer());
}

function timer(): () => boolean {
  const end = performance.now() + READING_MS;
  return () => performance.now() < end;
}

async function examined(
  { ground: { database } }: ExplainRoom,
  automation: MetricAutomation,
  key: StreamKey,
  { survey, values, newest }: Surveyed,
): Promise<MetricExamined> {
  const { event, needs } = automation;
  const ring = new ValueRing(needs);
  for (const value of newest) ring.push(value);
  const verdict = judgeMetric(event, ring);
  const { nearest } = survey;
  return {
    condition: sentence(event),
    window: { has: newest.length, needs },
    current: newest.length === 0 ? null : { words: measuredWords(event, verdict), reason: verdict.reason },
    evaluated: values ?? null,
    looked: survey.looked,
    held: survey.held,
    complete: values === survey.looked,
    nearest:
      nearest === undefined ? null : { ...(await placed(database, key, event, nearest)), exact: survey.isNearest },
  };
}

async function placed(
  database: Queryable,
  key: StreamKey,
  event: MetricAutomation['event'],
  { line, verdict, shortfall }: NearestMiss,
): Promise<Omit<Nearest, 'exact'>> {
  const [found, arrival] = await Promise.all([lineAt(database, key, line), arrivalOf(database, key, line)]);
  const words = measuredWords(event, verdict);
  return { words, shortfall, line, step: found?.step ?? null, at: arrival?.receivedAt ?? null };
}

interface Answer {
  readonly filter: FilterVerdict;
  readonly limits: readonly LimitInForce[];
  readonly metric: MetricExamined;
  readonly executions: Asked['executions'];
}

function reasonOf(
  watches: boolean,
  automation: MetricAutomation,
  { filter, limits, metric, executions }: Answer,
  { newest, values, unread }: Surveyed,
): { reason: WhyReason; words: string } {
  const limit = (...kinds: readonly LimitInForce['kind'][]) => limits.find(({ kind }) => kinds.includes(kind));
  const disabled = limit('disabled');
  const early = limit('created_later', 'condition_edited');
  const resting = limit('cooldown', 'fired_once', 'awaits_crossing');
  const { needs } = automation;
  if (!watches) return { reason: 'out_of_scope', words: 'the run does not lie under the scope of the automation' };
  if (disabled !== undefined) return { reason: 'disabled', words: disabled.words };
  if (resting !== undefined) return { reason: 'resting', words: resting.words };
  if (!filter.matches) return { reason: 'filter', words: `its run filter leaves the run out: ${filter.deciding}` };
  if (newest.length === 0 && unread === 0) {
    return { reason: 'no_values', words: `the run has no values of '${automation.event.metric}'` };
  }
  if (early !== undefined || values === 0) {
    return { reason: 'came_too_early', words: early?.words ?? 'every value of the metric came before the automation' };
  }
  if (newest.length < needs && unread === 0) {
    return { reason: 'window_not_full', words: `its window has ${newest.length} of ${needs} values` };
  }
  if (metric.held === 0) return { reason: 'condition', words: missed(metric) };
  if (executions.length > 0) return { reason: 'fired', words: 'it fired for this run: see its executions' };
  return { reason: 'held_and_did_not_fire', words: passedOver(metric, automation) };
}

function missed({ condition, evaluated, looked, complete, current, nearest }: MetricExamined): string {
  const among = complete ? valuesIn(evaluated ?? 0) : `${valuesIn(looked)}, all that could be judged in time`;
  const why = current?.reason === 'no_variation' ? '; there is no variation in the window' : '';
  const near =
    nearest === null
      ? ''
      : `; ${nearest.exact ? 'the nearest' : 'the nearest that was found in time'} was ${nearest.words}${stepOf(nearest)}, ${lacking(nearest)}`;
  return `${condition} never held among ${among}${near}${why}`;
}

const valuesIn = (count: number): string => (count === 1 ? '1 value' : `${count} values`);

function lacking({ shortfall }: Nearest): string {
  return shortfall === 0 ? 'on the threshold' : `${readable(shortfall)} short`;
}

function stepOf({ step }: Nearest): string {
  return step === null ? '' : ` at step ${step}`;
}

function passedOver({ condition, held, complete }: MetricExamined, { backfill }: MetricAutomation): string {
  const count = complete ? valuesIn(held) : `at least ${valuesIn(held)}`;
  const old = backfill.kind === 'ignore' ? 'the values were old when they arrived (backfill), or ' : '';
  return `${condition} held for ${count} and it did not fire: ${old}its filter did not match the run then, as far as can be told now`;
}
