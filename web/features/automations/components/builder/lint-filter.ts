import { parseFilter } from '../../../../../src/filter/parse.ts';
import { TriplineError } from '../../../../../src/model/error.ts';
import type { Json } from '../../../../../src/model/json.ts';
import { fieldsOf } from './conditions.ts';
import type { EventType } from './draft.ts';
import { Fault } from './fault.ts';
import { objectIn } from './filters.ts';

/** What the server would refuse of a filter in JSON, in its words; `undefined` when nothing. */
export function lintFilter(type: EventType, text: string): string | undefined {
  return text.trim() === '' ? undefined : refusalOf(type, () => objectIn(text, 'filter') as Json);
}

/** The same of a regular expression that a field is asked to match. */
export function lintPattern(type: EventType, field: string, pattern: string): string | undefined {
  return pattern === '' ? undefined : refusalOf(type, () => ({ [field]: { $regex: pattern } }));
}

function refusalOf(type: EventType, filter: () => Json): string | undefined {
  try {
    parseFilter(filter(), fieldsOf(type), 'filter');
    return undefined;
  } catch (error) {
    if (error instanceof Fault || error instanceof TriplineError) return error.message;
    throw error;
  }
}
