import { isMetricGroup } from '../model/history-row.ts';
import type { Json, JsonObject } from '../model/json.ts';

/** Objects nested deeper than this hold no observations; no client nests so deep. */
const DEEPEST = 200;

/**
 * Finds the observations of a history or events line: numbers, nested keys joined with `.`. NaN, texts,
 * booleans, lists and media objects are none; infinities are (automations, section 2.5).
 */
export function observations(line: JsonObject, each: (name: string, value: number) => void): void {
  visit(line, '', 1, each);
}

function visit(members: JsonObject, prefix: string, depth: number, each: (name: string, value: number) => void): void {
  for (const key of Object.keys(members)) {
    const value = members[key] as Json;
    const name = depth === 1 ? key : prefix + key;
    if (typeof value === 'number') {
      if (!Number.isNaN(value)) each(name, value);
    } else if (isMetricGroup(value) && depth < DEEPEST) {
      visit(value, `${name}.`, depth + 1, each);
    }
  }
}
