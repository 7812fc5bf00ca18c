import { RUN_FIELD_ENTRIES, RUN_FIELD_TREES } from '../../events/run-fields.ts';
import { type FieldCatalogue, fieldCatalogue } from '../../filter/catalogue.ts';
import type { Filter } from '../../filter/filter.ts';
import { parseFilter } from '../../filter/parse.ts';
import { invalid } from '../../model/error.ts';
import type { Json } from '../../model/json.ts';
import { parseLooseJson } from '../../model/loose-json.ts';
import { BY_CREATION, type RunOrder } from '../../store/run-queries.ts';

/** What lists of runs may be filtered and ordered by (wandb protocol, 6.2): more than an automation may ask. */
const LISTED_FIELDS: FieldCatalogue = fieldCatalogue(
  'run',
  {
    ...RUN_FIELD_ENTRIES,
    commit: { kind: 'scalar' },
    /** Seconds from the start to the last sign of life. */
    duration: { kind: 'scalar' },
  },
  RUN_FIELD_TREES,
);

/** Reads the `filters` of a list of runs; `undefined` when everything matches. @throws TriplineError invalid */
export function parseRunFilters(text: string | undefined): Filter | undefined {
  if (text === undefined || text.trim() === '') return undefined;
  const filter = parseFilter(readJson(text), LISTED_FIELDS, 'filters');
  return filter.fields.size === 0 && filter.root.kind === '$and' && filter.root.parts.length === 0 ? undefined : filter;
}

/** Reads an `order`: a field with `+` (ascending, also without) or `-` before it. @throws TriplineError invalid */
export function parseRunOrder(text: string | undefined): RunOrder {
  const written = text?.trim() ?? '';
  if (written === '') return BY_CREATION;
  const field = LISTED_FIELDS.resolve(written.replace(/^[+-]/, ''));
  if (field !== undefined) return { field, descending: written.startsWith('-') };
  const known = `${LISTED_FIELDS.names.join(', ')}, each with + or - before it`;
  throw invalid(`runs cannot be ordered by '${written.slice(0, 100)}'; known are ${known}`, 'order');
}

function readJson(text: string): Json {
  try {
    return parseLooseJson(text);
  } catch {
    throw invalid('filters is not JSON', 'filters');
  }
}
