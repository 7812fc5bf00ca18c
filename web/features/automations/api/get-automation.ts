import { queryOptions } from '@tanstack/react-query';
import { call } from '../../../lib/api/call.ts';
import { getAutomation } from '../../../lib/api/generated.ts';

/** An automation by its id alone, as links name it. */
export const automationQuery = (automation: string) =>
  queryOptions({
    queryKey: ['automation', automation],
    meta: { live: ['automation', 'execution'] },
    queryFn: ({ signal }) => call(getAutomation, { params: { automation }, signal }),
  });
