import { infiniteQueryOptions, keepPreviousData } from '@tanstack/react-query';
import { addressOf, call } from '../../../lib/api/call.ts';
import {
  type AuditEntry,
  getAudit,
  getAuditExport,
  getEntityAudit,
  getEntityAuditExport,
} from '../../../lib/api/generated.ts';
import type { AuditFilter } from './audit-search.ts';

/** What was changed in an entity, newest first; without one, in the installation itself. */
export const auditQuery = (entity: string | undefined, filter: AuditFilter) =>
  infiniteQueryOptions({
    queryKey: ['audit', entity, filter],
    queryFn: ({ pageParam: cursor, signal }) => {
      const query = { ...filter, cursor };
      return entity === undefined
        ? call(getAudit, { query, signal })
        : call(getEntityAudit, { params: { entity }, query, signal });
    },
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ nextCursor }) => nextCursor,
    select: ({ pages }) => pages.flatMap(({ items }) => items),
    placeholderData: keepPreviousData,
  });

/** Where exactly what a filter finds is got as a file. */
export function exportAddress(entity: string | undefined, filter: AuditFilter, format: 'csv' | 'jsonl'): string {
  return entity === undefined
    ? addressOf(getAuditExport.path, {}, { ...filter, format })
    : addressOf(getEntityAuditExport.path, { entity }, { ...filter, format });
}

export type { AuditEntry };
