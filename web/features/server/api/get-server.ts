import { queryOptions } from '@tanstack/react-query';
import { call } from '../../../lib/api/call.ts';
import { getServer, type Server, type Setting } from '../../../lib/api/generated.ts';

/** What the server runs with, for instance admins. */
export const serverQuery = queryOptions({
  queryKey: ['server'],
  queryFn: ({ signal }) => call(getServer, { signal }),
});

export type { Server, Setting };
