import { isJsonObject, type Json, type JsonObject } from './json.ts';
import { parseLooseJson } from './loose-json.ts';

/** Reads one line of history or events; `undefined` when it is not a JSON object. */
export function parseRow(text: string): JsonObject | undefined {
  try {
    const row = parseLooseJson(text);
    return isJsonObject(row) ? row : undefined;
  } catch {
    return undefined;
  }
}

/** The step of a row: only an integer counts (wandb protocol, 2.3). */
export function stepOf(row: JsonObject | undefined): number | undefined {
  const step = row?._step;
  return Number.isInteger(step) ? (step as number) : undefined;
}

/** Whether a value groups metrics: objects with `_type` are media, values by themselves (wandb protocol, 3.3). */
function isMetricGroup(value: Json | undefined): value is JsonObject {
  return isJsonObject(value) && !Object.hasOwn(value, '_type');
}

/** Groups nested deeper are values by themselves: no line can exhaust the stack, and no client nests so deep. */
const DEEPEST_GROUP = 64;

/** Visits every metric of a row by its flattened name: `{"d":{"x":0}}` has `d.x` (wandb protocol, 3.3). */
export function visitMetrics(row: JsonObject, visit: (name: string, value: Json) => void): void {
  visitGroup(row, visit, '', 0);
}

function visitGroup(
  group: JsonObject,
  visit: (name: string, value: Json) => void,
  prefix: string,
  depth: number,
): void {
  for (const key of Object.keys(group)) {
    const value = group[key] as Json;
    if (opens(value, depth)) visitGroup(value, visit, `${prefix}${key}.`, depth + 1);
    else visit(prefix + key, value);
  }
}

/**
 * The value of a metric in a row: one of those that {@link visitMetrics} reports by that name. A key that was
 * logged with its dots comes before a nested one; the two cannot be told apart by their flattened name.
 */
export function metricIn(row: JsonObject, name: string): Json | undefined {
  return metricBelow(row, name, 0);
}

function metricBelow(group: JsonObject, name: string, depth: number): Json | undefined {
  const own = member(group, name);
  if (own !== undefined && !opens(own, depth)) return own;
  for (let dot = name.indexOf('.'); dot !== -1; dot = name.indexOf('.', dot + 1)) {
    const below = member(group, name.slice(0, dot));
    const found = opens(below, depth) ? metricBelow(below, name.slice(dot + 1), depth + 1) : undefined;
    if (found !== undefined) return found;
  }
  return undefined;
}

function member(group: JsonObject, key: string): Json | undefined {
  return Object.hasOwn(group, key) ? group[key] : undefined;
}

/** Whether the metrics of a value count, rather than the value itself. @param depth groups around it */
function opens(value: Json | undefined, depth: number): value is JsonObject {
  return depth < DEEPEST_GROUP && isMetricGroup(value);
}
