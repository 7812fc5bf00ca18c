import { fieldCatalogue } from '../../filter/catalogue.ts';
import type { Filter } from '../../filter/filter.ts';
import type { ListOrder } from '../../store/keyset-list.ts';
import { parseListFilter, parseListOrder, readFilters } from '../list-arguments.ts';
import { NEWEST_FIRST } from './artifact-listing.ts';

/** What registries may be filtered and ordered by (wandb protocol, 7.6). */
const REGISTRY_FIELDS = fieldCatalogue('registry', {
  id: { kind: 'scalar', synonyms: ['project_id'] },
  name: { kind: 'scalar' },
  entity_id: { kind: 'scalar' },
  description: { kind: 'scalar' },
  created_at: { kind: 'instant' },
  updated_at: { kind: 'instant' },
});

/** Reads a filter of registries; `undefined` when all match. @throws TriplineError invalid */
export function parseRegistryFilters(text: string | undefined): Filter | undefined {
  return parseListFilter(readFilters(text), REGISTRY_FIELDS);
}

/** Reads the `order` of a list of registries. @throws TriplineError invalid */
export function parseRegistryOrder(text: string | undefined): ListOrder {
  return parseListOrder(text, REGISTRY_FIELDS, { list: 'registries', fallback: NEWEST_FIRST });
}
