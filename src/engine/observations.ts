import { visitMetrics } from '../model/history-row.ts';
import type { JsonObject } from '../model/json.ts';

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
  visitMetrics(line, (name, value) => {
    if (typeof value === 'number' && !Number.isNaN(value) && watched(name)) each(name, value);
  });
}
