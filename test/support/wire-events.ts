/** What an automation watches, in the form that travels (protocol, 8.4). */
export interface WireEvent {
  readonly triggeringEventType: RunEventType | ArtifactEventType;
  readonly eventFilter: string;
}

type RunEventType = 'RUN_METRIC' | 'RUN_METRIC_CHANGE' | 'RUN_METRIC_ZSCORE' | 'RUN_STATE';
export type ArtifactEventType =
  | 'CREATE_ARTIFACT'
  | 'LINK_MODEL'
  | 'UNLINK_ARTIFACT'
  | 'ADD_ARTIFACT_ALIAS'
  | 'ADD_ARTIFACT_TAG'
  | 'REMOVE_ARTIFACT_TAG'
  | 'ADD_COLLECTION_TAG'
  | 'REMOVE_COLLECTION_TAG';

type Aggregation = 'AVERAGE' | 'MIN' | 'MAX';
type Direction = 'INCREASE' | 'DECREASE' | 'ANY';
type Comparison = '$gt' | '$gte' | '$lt' | '$lte';
/** A condition on the run, as the client's filters are written. */
export type RunFilter = Readonly<Record<string, unknown>>;

export interface Window {
  readonly agg?: Aggregation;
  readonly window?: number;
  readonly where?: RunFilter;
}

/** `metric('loss', '$gt', 10, { agg: 'AVERAGE', window: 5 })`: the mean of the last five values is above ten. */
export function metric(
  name: string,
  cmp: Comparison,
  threshold: number,
  { agg, window = 1, where }: Window = {},
): WireEvent {
  return runMetric('RUN_METRIC', where, {
    threshold_filter: { name, agg_op: agg ?? null, window_size: window, cmp_op: cmp, threshold },
  });
}

export interface Change {
  readonly agg?: Aggregation;
  readonly current?: number;
  readonly prior?: number;
  readonly type?: 'ABSOLUTE' | 'RELATIVE';
}

/** `change('loss', 'INCREASE', 2)`: a value lies at least 2 above the one before. */
export function change(
  name: string,
  dir: Direction,
  amount: number,
  { agg, current = 1, prior = current, type }: Change = {},
): WireEvent {
  return runMetric('RUN_METRIC_CHANGE', undefined, {
    change_filter: {
      name,
      agg_op: agg ?? null,
      current_window_size: current,
      prior_window_size: prior,
      change_amount: amount,
      change_type: type ?? 'ABSOLUTE',
      change_dir: dir,
    },
  });
}

export function zscore(name: string, dir: Direction, threshold: number, window: number): WireEvent {
  return runMetric('RUN_METRIC_ZSCORE', undefined, {
    zscore_filter: { name, window_size: window, threshold, change_dir: dir },
  });
}

export type StateName = 'RUNNING' | 'FINISHED' | 'FAILED';

export function state(states: readonly StateName[], where?: RunFilter): WireEvent {
  return {
    triggeringEventType: 'RUN_STATE',
    eventFilter: JSON.stringify({ run_filter: conjunction(where), run_state_filter: { states: [...states].sort() } }),
  };
}

/** `artifactEvent('ADD_ARTIFACT_ALIAS', { alias: 'production' })`. */
export function artifactEvent(type: ArtifactEventType, where?: RunFilter): WireEvent {
  const conditions = where === undefined ? [] : [where];
  return { triggeringEventType: type, eventFilter: JSON.stringify({ $or: [{ $and: conditions }] }) };
}

function runMetric(type: RunEventType, where: RunFilter | undefined, condition: object): WireEvent {
  const eventFilter = { run_filter: conjunction(where), run_metric_filter: condition, metric_filter: null };
  return { triggeringEventType: type, eventFilter: JSON.stringify(eventFilter) };
}

/** The client always sends a conjunction, as a string. */
function conjunction(where: RunFilter | undefined): string {
  return JSON.stringify({ $and: where === undefined ? [] : [where] });
}
