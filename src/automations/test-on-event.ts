import { permits } from '../access/permits.ts';
import {
  isArtifactAutomation,
  isMetricAutomation,
  isStateAutomation,
  type LiveAutomation,
  type MetricAutomation,
} from '../engine/automation.ts';
import { artifactVerdict, type FilterVerdict, runVerdict } from '../engine/filter-verdict.ts';
import { judgeMetric } from '../engine/judge.ts';
import { measuredWords } from '../engine/measured-words.ts';
import { seriesOf, streamOf } from '../engine/series-names.ts';
import { ValueRing } from '../engine/value-ring.ts';
import { isArtifactEvent } from '../events/artifact-events.ts';
import { decodeCaptured } from '../events/capture.ts';
import { type CapturedEvent, sentence } from '../events/index.ts';
import { notFound } from '../model/error.ts';
import { asId, type EventId, type RunId } from '../model/ids.ts';
import type { Place, Viewer } from '../model/viewer.ts';
import { newestValues } from '../store/newest-values.ts';
import { ownLines } from '../store/own-lines.ts';
import { eventById, type PastEvent } from '../store/past-events.ts';
import { findRunHead } from '../store/run-heads.ts';
import type { Territory } from '../store/territory.ts';
import { type DraftInput, requireDraft } from './require-draft.ts';
import type { ExplainRoom } from './room.ts';
import { territoriesOf, watchedCollection } from './territories.ts';
import { inWatchedSeries } from './watched-series.ts';

/** One thing that has to hold for an automation to fire. */
export interface Check {
  readonly holds: boolean;
  readonly words: string;
}

/** What an automation, saved or not, says of an event that happened. */
export interface EventTest {
  readonly event: PastEvent;
  readonly captured: CapturedEvent;
  readonly type: Check;
  readonly scope: Check;
  /** `null` where the event has nothing that the filter could be asked about. */
  readonly filter: FilterVerdict | null;
  /** Of metrics and states; `null` for artifacts, and where the event says nothing of it. */
  readonly condition: Check | null;
  /** Whether it would have fired, limits of how often apart. */
  readonly fires: boolean;
}

/**
 * Evaluates an automation on one past event, as it was then.
 *
 * @param entity that owns the event
 * @throws TriplineError invalid for the draft, not_found for the event
 */
export async function testOnEvent(
  { ground: { database } }: ExplainRoom,
  viewer: Viewer,
  input: DraftInput,
  entity: Place,
  eventId: EventId,
): Promise<EventTest> {
  const { scope, automation } = await requireDraft(database, viewer, input);
  const event = await eventById(database, entity.tenantId, eventId);
  if (event === undefined || !permits(viewer, 'see', placeOf(entity, event)))
    throw notFound(`event ${eventId} not found`);
  const captured = decodeCaptured(event.captured);
  const territories = await territoriesOf(database, viewer, scope);
  const type = typeCheck(automation, captured);
  const watched = await watchedCollection(database, scope);
  const lies = territories.some((territory) => liesIn(territory, entity, event));
  const covers = lies && (watched === null || watched === collectionOf(captured));
  const filter = verdictOf(automation, captured);
  const condition = await conditionCheck(database, automation, entity, event, captured);
  return {
    ...{ event, captured, type, filter, condition },
    scope: { holds: covers, words: covers ? 'it happened under the scope' : 'it did not happen under the scope' },
    fires: type.holds && covers && filter?.matches === true && condition?.holds !== false,
  };
}

/** Whether a viewer may see what would be sent about it. */
export function maySeePayload(viewer: Viewer, entity: Place, event: PastEvent): boolean {
  return permits(viewer, 'see_payloads', placeOf(entity, event));
}

function placeOf({ tenantId, rootId }: Place, { visibility, registryId }: PastEvent): Place {
  return { tenantId, rootId, visibility: visibility ?? undefined, registryId };
}

function liesIn(territory: Territory, { tenantId }: Place, { projectId, visibility }: PastEvent): boolean {
  if (territory.tenantId !== tenantId) return false;
  if (territory.projectId !== null) return territory.projectId === projectId;
  return visibility !== null;
}

function collectionOf(captured: CapturedEvent): string | undefined {
  if ('version' in captured) return captured.version.collection.name;
  return 'collection' in captured ? captured.collection.name : undefined;
}

function typeCheck({ event }: LiveAutomation, { type }: CapturedEvent): Check {
  const holds = event.type === type;
  return { holds, words: holds ? `it is a ${type} event` : `it is a ${type} event, not ${event.type}` };
}

function verdictOf(automation: LiveAutomation, captured: CapturedEvent): FilterVerdict | null {
  if (isArtifactAutomation(automation)) return isArtifactEvent(captured) ? artifactVerdict(automation, captured) : null;
  return 'run' in captured ? runVerdict(automation, captured.run) : null;
}

async function conditionCheck(
  database: ExplainRoom['ground']['database'],
  automation: LiveAutomation,
  entity: Place,
  event: PastEvent,
  captured: CapturedEvent,
): Promise<Check | null> {
  if (isStateAutomation(automation)) {
    if (captured.type !== 'RUN_STATE') return null;
    const holds = automation.event.states.includes(captured.state);
    return { holds, words: `the run became ${captured.state}; it waits for ${automation.event.states.join(' or ')}` };
  }
  if (!isMetricAutomation(automation) || !('metric' in captured)) return null;
  const { line, name } = captured.metric;
  if (streamOf(seriesOf(name)) !== streamOf(automation.series)) return null;
  const head = await findRunHead(database, { tenantId: entity.tenantId, runId: asId<RunId>(event.subjectId) });
  if (head === undefined) return null;
  const { series, needs } = await inWatchedSeries(database, head, automation);
  const stream = streamOf(series);
  const { fromLine } = ownLines(head, stream);
  const wanted = new Map([[series, needs]]);
  const found = await newestValues(database, head, stream, line + 1, wanted, undefined, fromLine);
  return judged(automation, found.get(series)?.values ?? []);
}

/** By the values that were stored when the event happened. */
function judged({ event, needs }: MetricAutomation, values: readonly number[]): Check {
  if (values.length < needs) return { holds: false, words: `its window had ${values.length} of ${needs} values` };
  const ring = new ValueRing(needs);
  for (const value of values) ring.push(value);
  const verdict = judgeMetric(event, ring);
  const words = `${measuredWords(event, verdict)}; it waits for ${sentence(event)}`;
  return { holds: verdict.fires, words };
}
