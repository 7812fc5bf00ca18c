import { visitMetrics } from '../model/history-row.ts';
import type { JsonObject } from '../model/json.ts';

/**
 * Finds the observations of a history or events line: numbers, nested keys joined with `.`. NaN, texts,
 * booleans, lists and media objects are none; infinities are (automations, section 2.5).
 */
export function observations(line: JsonObject, each: (name: string, value: number) => void): void {
  visitMetrics(line, (name, value) => {
    if (typeof value === 'number' && !Number.isNaN(value)) each(name, value);
  });
}
