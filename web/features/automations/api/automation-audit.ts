import { infiniteQueryOptions } from '@tanstack/react-query';
import { call } from '../../../lib/api/call.ts';
import { type AuditEntry, type Automation, getEntityAudit } from '../../../lib/api/generated.ts';

/** What was done to an automation, newest first; for admins of its entity. */
export const auditQuery = ({ id, entity }: Pick<Automation, 'id' | 'entity'>) =>
  infiniteQueryOptions({
    queryKey: ['automation', id, 'audit'],
    queryFn: ({ pageParam: cursor, signal }) =>
      call(getEntityAudit, { params: { entity }, query: { subject: id, cursor }, signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ nextCursor }) => nextCursor,
    // the number may be that of something else too
    select: ({ pages }) => pages.flatMap(({ items }) => items).filter(({ subject }) => subject.kind === 'automation'),
  });

export type { AuditEntry };
