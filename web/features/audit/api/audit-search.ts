import * as z from 'zod/mini';
import { type Given, INSTANT, TEXT } from '../../../lib/address-text.ts';
import { getAudit } from '../../../lib/api/generated.ts';

const query = getAudit.query.def.shape;

export const DEEDS = query.deed.def.innerType.options;

export type AuditedDeed = (typeof DEEDS)[number];

/** How an audit log is narrowed, as its address tells, and the entry that is looked at. */
export interface AuditSearch {
  readonly deed?: AuditedDeed | undefined;
  /** Name of a user. */
  readonly actor?: string | undefined;
  readonly actorKind?: 'user' | 'system' | undefined;
  /** Kind, id or name of what was changed. */
  readonly subject?: string | undefined;
  /** ISO instants: from the first on, before the second. */
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  /** Id of the entry that is open. */
  readonly entry?: string | undefined;
}

export type AuditFilter = Omit<AuditSearch, 'entry'>;

const address = z.object({
  deed: z.catch(z.optional(z.enum(DEEDS)), undefined),
  actor: TEXT,
  actorKind: z.catch(z.optional(z.enum(['user', 'system'])), undefined),
  subject: TEXT,
  from: INSTANT,
  to: INSTANT,
  entry: TEXT,
});

/** Reads an address; what means nothing there is left out. */
export function parseAuditSearch(given: Given): AuditSearch {
  return address.parse(given);
}

/** The conditions alone, as lists and exports are asked. */
export function filterOf({ entry: _, ...filter }: AuditSearch): AuditFilter {
  return filter;
}

export function isNarrowed(search: AuditSearch): boolean {
  return Object.values(filterOf(search)).some((value) => value !== undefined);
}
