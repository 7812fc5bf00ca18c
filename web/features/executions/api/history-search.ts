import * as z from 'zod/mini';
import { type Given, INSTANT, TEXT } from '../../../lib/address-text.ts';
import { getEntityExecutions } from '../../../lib/api/generated.ts';

const query = getEntityExecutions.query.def.shape;

export const STATUSES = query.status.def.innerType.def.element.options;
export const EVENTS = query.event.def.innerType.def.element.options;
export const SORTS = query.sort.def.innerType.options;

export type Status = (typeof STATUSES)[number];
export type EventType = (typeof EVENTS)[number];
export type Sort = (typeof SORTS)[number];

/** How a history is narrowed and ordered, as its address tells. */
export interface HistorySearch {
  /** Within the names of automations. */
  readonly search?: string | undefined;
  readonly status?: readonly Status[] | undefined;
  readonly event?: readonly EventType[] | undefined;
  readonly automation?: string | undefined;
  readonly author?: string | undefined;
  /** ISO instants: from the first on, before the second. */
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly sort?: Sort | undefined;
  readonly order?: 'asc' | undefined;
}

const address = z.object({
  search: TEXT,
  status: z.catch(z.optional(z.array(z.enum(STATUSES)).check(z.minLength(1))), undefined),
  event: z.catch(z.optional(z.array(z.enum(EVENTS)).check(z.minLength(1))), undefined),
  automation: TEXT,
  author: TEXT,
  from: INSTANT,
  to: INSTANT,
  sort: z.catch(z.optional(z.enum(SORTS)), undefined),
  order: z.catch(z.optional(z.literal('asc')), undefined),
});

/** Reads an address; what means nothing there is left out. */
export function parseHistorySearch(given: Given): HistorySearch {
  return address.parse(given);
}

/** The conditions of a search, as the API asks for them: of the list, the export and deeds alike. */
export function filterOf(
  { sort: _, order: __, automation, author, status, event, ...rest }: HistorySearch,
  project?: string,
) {
  return {
    ...rest,
    status: status && [...status],
    event: event && [...event],
    automation: automation === undefined ? undefined : [automation],
    author: author === undefined ? undefined : [author],
    project: project === undefined ? undefined : [project],
  };
}

export type ExecutionFilter = ReturnType<typeof filterOf>;

export function isNarrowed({ sort: _, order: __, ...conditions }: HistorySearch): boolean {
  return Object.values(conditions).some((value) => value !== undefined);
}
