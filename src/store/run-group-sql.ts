import type { Field } from '../filter/catalogue.ts';
import { invalid } from '../model/error.ts';
import type { Json } from '../model/json.ts';
import { cleanJson } from '../model/loose-json.ts';
import { isStorable } from '../model/storable.ts';
import type { ListColumn, Parameters } from './list-columns.ts';

/** What a field has that runs are grouped by, as `jsonb`; what is missing and what is null are one. */
export function groupKey(field: Field, column: ListColumn | undefined): string {
  switch (column?.kind) {
    case 'text':
      return `coalesce(to_jsonb(${column.sql}), 'null'::jsonb)`;
    case 'tree':
      return `coalesce(${column.sql}, 'null'::jsonb)`;
    case 'tags':
      return `coalesce(to_jsonb(tag), 'null'::jsonb)`;
    default:
      throw invalid(`runs cannot be grouped by '${field.name}': its values are seldom the same`, 'group');
  }
}

/** A run has as many rows as it has tags, and one when it has none. */
export const EACH_TAG = 'left join lateral unnest(r.tags) tag on true';

/** The condition that a run has a value in a field, as its group has it. */
export function inGroup(field: Field, column: ListColumn | undefined, value: Json, parameters: Parameters): string {
  if (column?.kind === 'tags') {
    if (value === null) return `cardinality(${column.sql}) = 0`;
    if (typeof value !== 'string' || !isStorable(value)) return 'false';
    return `${column.sql} @> array[${parameters.add(value, 'text')}]`;
  }
  return `${groupKey(field, column)} = ${parameters.add(JSON.stringify(cleanJson(value)), 'jsonb')}`;
}
