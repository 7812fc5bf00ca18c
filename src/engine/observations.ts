import { isMetricGroup } from '../model/history-row.ts';
import type { Json, JsonObject } from '../model/json.ts';

/** Objects nested deeper than this hold no observations; no client nests so deep. */
const DEEPEST = 200;

/**
 * Finds the observations of a history or events line: numbers, nested keys joined with `.`. NaN, texts,
 * booleans, lists and media objects are none; infinities are (automations, section 2.5).
 *
 * @param watched which metrics matter
 */
export function observations(
  line: JsonObject,
  watched: (name: string) => boolean,
  each: (name: string, value: number) => void,
): void {
  visit(line, '', 1);

  function visit(members: JsonObject, prefix: string, depth: number): void {
    for (const key of Object.keys(members)) member(prefix + key, members[key], depth);
  }

  function member(name: string, value: Json | undefined, depth: number): void {
    if (typeof value === 'number') {
      if (!Number.isNaN(value) && watched(name)) each(name, value);
    } else if (isMetricGroup(value) && depth < DEEPEST) {
      visit(value, `${name}.`, depth + 1);
    }
  }
}
