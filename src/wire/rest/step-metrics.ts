import type { Json, JsonObject } from '../../model/json.ts';
import { objectOf } from '../../model/json.ts';

/** Members of the client's `MetricRecord`, by their numbers. */
const MEMBER = { name: '1', pattern: '2', stepMetric: '4', stepIndex: '5' } as const;
/** What everything is drawn along by itself. */
const STEP = '_step';

/**
 * Reads what a client wrote of its metrics: `define_metric("val/*", step_metric="epoch")` is
 * `[{"1": "epoch"}, {"2": "val/*", "5": 1}]`, where the last number counts the entries from one.
 *
 * @returns tells the metric along which another is to be drawn; null for one along steps
 */
export function stepMetricsIn(definitions: Json | undefined): (metric: string) => string | null {
  const entries = Array.isArray(definitions) ? definitions.map(objectOf) : [];
  const names = new Map(entries.flatMap((entry) => withText(entry, MEMBER.name)));
  const patterns = entries.flatMap((entry) => withText(entry, MEMBER.pattern));
  return (metric) => {
    const entry = names.get(metric) ?? patterns.find(([pattern]) => matches(pattern, metric))?.[1];
    const stepMetric = entry === undefined ? undefined : stepMetricOf(entry, entries);
    return stepMetric === undefined || stepMetric === metric || stepMetric === STEP ? null : stepMetric;
  };
}

function withText(entry: JsonObject, member: string): [text: string, entry: JsonObject][] {
  const text = entry[member];
  return typeof text === 'string' ? [[text, entry]] : [];
}

/** The client allows one star, at the end. */
function matches(pattern: string, metric: string): boolean {
  return pattern.endsWith('*') && metric.startsWith(pattern.slice(0, -1));
}

function stepMetricOf(entry: JsonObject, entries: readonly JsonObject[]): string | undefined {
  const { [MEMBER.stepMetric]: name, [MEMBER.stepIndex]: index } = entry;
  const found = typeof index === 'number' ? entries[index - 1]?.[MEMBER.name] : name;
  return typeof found === 'string' ? found : undefined;
}
