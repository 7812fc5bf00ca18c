import { type ArtifactEventDefinition, isArtifactEvent } from '../events/artifact-events.ts';
import { type EventDefinition, filterOf } from '../events/index.ts';
import type { ScopeKind } from '../events/kind.ts';
import type { RunState } from '../events/run-state.ts';
import type { Filter } from '../filter/filter.ts';
import type { Instant } from '../model/clock.ts';
import type { AutomationId, TenantId } from '../model/ids.ts';
import type { Definition } from './definition.ts';
import { type MetricEvent, requiredValues } from './judge.ts';
import { seriesOf } from './series-names.ts';

/** An enabled automation as stored, its event parsed. */
export interface AutomationRecord extends Definition {
  readonly id: AutomationId;
  /** Of any edit; executions point to it. */
  readonly revision: number;
  /** Of edits of the event only: a limit of once in 24 hours counts within one. */
  readonly conditionRevision: number;
  readonly tenantId: TenantId;
  readonly scope: { readonly kind: ScopeKind; readonly id: string };
  readonly name: string;
  readonly createdAt: Instant;
}

/** An enabled automation, ready to be evaluated. */
export interface LiveAutomation<Event extends EventDefinition = EventDefinition> extends AutomationRecord {
  readonly event: Event;
  /** Which runs or artifacts it is about. */
  readonly filter: Filter;
}

/** An automation that watches a metric. */
export interface MetricAutomation extends LiveAutomation<MetricEvent> {
  /** Whether what the filter says of a run holds until the run's record changes (data model, section 3). */
  readonly steady: boolean;
  /** The series whose values it judges. */
  readonly series: string;
  /** How many values it looks at. */
  readonly needs: number;
}

/** What a run filter sees change with the chunks of a run. */
const UNSTEADY = /^(summary\.|state$|heartbeat_at$)/;

/** Makes an automation ready. @throws TriplineError invalid when its filter is one that this version refuses */
export function compile(record: AutomationRecord): LiveAutomation | MetricAutomation {
  const { event } = record;
  const filter = filterOf(event);
  const live: LiveAutomation = { ...record, filter };
  if (!isMetricEvent(event)) return live;
  const steady = ![...filter.fields].some((field) => UNSTEADY.test(field));
  return { ...live, event, steady, series: seriesOf(event.metric), needs: requiredValues(event) };
}

export function isMetricAutomation(automation: LiveAutomation): automation is MetricAutomation {
  return isMetricEvent(automation.event);
}

export function isStateAutomation(automation: LiveAutomation): automation is LiveAutomation<RunState> {
  return automation.event.type === 'RUN_STATE';
}

/** An automation that watches artifacts or collections. */
export type ArtifactAutomation = LiveAutomation<ArtifactEventDefinition>;

export function isArtifactAutomation(automation: LiveAutomation): automation is ArtifactAutomation {
  return isArtifactEvent(automation.event);
}

function isMetricEvent(event: EventDefinition): event is MetricEvent {
  return 'metric' in event;
}
