import { useMutation, useQueryClient } from '@tanstack/react-query';
import { call } from '../../../lib/api/call.ts';
import { postEntityExecutionsBulk } from '../../../lib/api/generated.ts';
import type { Integration } from '../../../lib/api/integrations-query.ts';

const REASONS = { webhook: 'webhook_disabled', slack: 'channel_disabled' } as const;

/** Delivers what was skipped while an integration was disabled; tells how many executions that were. */
export function useRedeliverSkipped(entity: string, { id, kind }: Pick<Integration, 'id' | 'kind'>) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async () => {
      const filter = { status: ['skipped' as const], reason: REASONS[kind], integration: id };
      let done = 0;
      let cursor: string | undefined;
      do {
        const body = { deed: 'run', filter, cursor } as const;
        const part = await call(postEntityExecutionsBulk, { params: { entity }, body });
        done += part.count;
        cursor = part.nextCursor ?? undefined;
      } while (cursor !== undefined);
      return done;
    },
    onSuccess: () =>
      Promise.all([
        client.invalidateQueries({ queryKey: ['executions', entity] }),
        client.invalidateQueries({ queryKey: ['integrations', entity] }),
      ]),
  });
}
