import type { Action } from '../actions/index.ts';
import type { EventDefinition } from '../events/index.ts';
import type { ScopeKind } from '../events/kind.ts';
import { parseRunFilter } from '../events/run-fields.ts';
import type { RunState } from '../events/run-state.ts';
import type { Filter } from '../filter/filter.ts';
import type { Instant } from '../model/clock.ts';
import type { AutomationId, TenantId } from '../model/ids.ts';
import { type MetricEvent, requiredValues } from './judge.ts';

/** An enabled automation as stored, its event parsed. */
export interface AutomationRecord {
  readonly id: AutomationId;
  /** Of any edit; executions point to it. */
  readonly revision: number;
  /** Of edits of the event only: a limit of once in 24 hours counts within one. */
  readonly conditionRevision: number;
  readonly tenantId: TenantId;
  readonly scope: { readonly kind: ScopeKind; readonly id: string };
  readonly name: string;
  readonly event: EventDefinition;
  readonly action: Action;
  readonly createdAt: Instant;
}

/** An enabled automation, ready to be evaluated. */
export interface LiveAutomation<Event extends EventDefinition = EventDefinition> extends AutomationRecord {
  readonly event: Event;
  /** Which runs it is about. */
  readonly runFilter: Filter;
  /** Whether what the filter says of a run holds until the run's record changes (data model, section 3). */
  readonly steady: boolean;
}

/** An automation that watches a metric. */
export interface MetricAutomation extends LiveAutomation<MetricEvent> {
  /** The series whose values it judges. */
  readonly series: string;
  /** How many values it looks at. */
  readonly needs: number;
}

/** What a run filter sees change with the chunks of a run. */
const UNSTEADY = /^(summary\.|state$|heartbeat_at$)/;

/** Makes an automation ready. @throws TriplineError invalid when its filter is one that this version refuses */
export function compile(record: AutomationRecord): LiveAutomation | MetricAutomation {
  const runFilter = parseRunFilter(record.event.runFilter);
  const steady = ![...runFilter.fields].some((field) => UNSTEADY.test(field));
  const live: LiveAutomation = { ...record, runFilter, steady };
  if (!isMetricEvent(record.event)) return live;
  return { ...live, event: record.event, series: seriesOf(record.event.metric), needs: requiredValues(record.event) };
}

export function isMetricAutomation(automation: LiveAutomation): automation is MetricAutomation {
  return isMetricEvent(automation.event);
}

export function isStateAutomation(automation: LiveAutomation): automation is LiveAutomation<RunState> {
  return automation.event.type === 'RUN_STATE';
}

function isMetricEvent(event: EventDefinition): event is MetricEvent {
  return 'metric' in event;
}

/** The stream of lines that a series comes from: the two never mix (automations, section 2.5). */
export type Stream = 'history' | 'events';

/** The name of the series that a metric name means: `system/…` is `system.…`. */
export function seriesOf(metric: string): string {
  return metric.startsWith('system/') ? `system.${metric.slice('system/'.length)}` : metric;
}

/** The stream in which a series is observed. */
export function streamOf(series: string): Stream {
  return series.startsWith('system.') ? 'events' : 'history';
}
