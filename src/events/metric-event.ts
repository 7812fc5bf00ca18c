import { z } from 'zod';
import { invalid } from '../model/error.ts';
import { isJsonObject, type Json, type JsonObject } from '../model/json.ts';
import { anyJson, anyObject, readBy, readJson } from '../model/read-json.ts';
import { readRunFilter } from './run-event.ts';

/** How the values of a window become one. */
export const aggregationSchema = z.enum(['AVERAGE', 'MIN', 'MAX']);
export type Aggregation = z.infer<typeof aggregationSchema>;

/** Which way a value must move. */
export const directionSchema = z.enum(['INCREASE', 'DECREASE', 'ANY']);
export type Direction = z.infer<typeof directionSchema>;

/** Largest window, in values. */
export const LARGEST_WINDOW = 10_000;

export const windowSchema = z.int().min(1).max(LARGEST_WINDOW);
export const metricNameSchema = z.string().min(1).max(1000);
export const positiveSchema = z.number().positive();

/** The outer object of a metric event's filter; `metric_filter` is the client's legacy member. */
const outerSchema = z.strictObject({
  run_filter: anyJson.optional(),
  run_metric_filter: anyObject.nullish(),
  metric_filter: anyJson.optional(),
});

/** The two halves of a metric event's filter. */
export interface MetricWire {
  readonly runFilter: Json;
  readonly condition: Json;
}

/**
 * Reads the outer object of a metric event's filter.
 *
 * @param member the one member of `run_metric_filter` that this event type has
 * @throws TriplineError invalid
 */
export function readMetricWire(type: string, member: string, eventFilter: Json): MetricWire {
  const outer = readBy(outerSchema, eventFilter, 'eventFilter');
  const condition = conditionOf(member, outer);
  if (condition === undefined) {
    throw invalid(`${type} needs eventFilter.run_metric_filter.${member}, the condition on the metric`, 'eventFilter');
  }
  return { runFilter: readRunFilter(outer.run_filter ?? undefined), condition };
}

function conditionOf(member: string, outer: z.infer<typeof outerSchema>): Json | undefined {
  const given: JsonObject | undefined = outer.run_metric_filter ?? undefined;
  if (given === undefined) return member === 'threshold_filter' ? legacy(outer.metric_filter ?? undefined) : undefined;
  const others = Object.keys(given).filter((key) => key !== member && given[key] !== null);
  if (others.length === 0) return given[member] ?? undefined;
  throw invalid(
    `eventFilter.run_metric_filter has '${others.join("', '")}'; only '${member}' is known for this event`,
    'eventFilter.run_metric_filter',
  );
}

/** The oldest clients send the threshold in `metric_filter`, as a JSON text. */
function legacy(metricFilter: Json | undefined): Json | undefined {
  const filter = typeof metricFilter === 'string' ? readJson(metricFilter, 'eventFilter.metric_filter') : metricFilter;
  return isJsonObject(filter) ? (filter.threshold_filter ?? filter) : undefined;
}

/** The outer object as the client reads it back. */
export function metricWire(runFilter: Json, member: string, condition: JsonObject): JsonObject {
  return {
    run_filter: JSON.stringify(runFilter),
    run_metric_filter: { [member]: condition },
    metric_filter: null,
  };
}

/** `AVERAGE(loss)`, or `loss` for the latest value alone. */
export function measured(metric: string, aggregation: Aggregation | null): string {
  return aggregation === null ? metric : `${aggregation}(${metric})`;
}

/** `the last value`, `the last 5 values`. */
export function values(count: number, which: string): string {
  return count === 1 ? `the ${which} value` : `the ${which} ${count} values`;
}
