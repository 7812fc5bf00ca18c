import { queryOptions } from '@tanstack/react-query';
import { ApiError } from '../../../lib/api/api-error.ts';
import { call } from '../../../lib/api/call.ts';
import { type Automation, getEntityAutomation } from '../../../lib/api/generated.ts';

/** An automation by its id alone, as links name it: in whichever of the entities it is. */
export const automationQuery = (entities: readonly string[], id: string) =>
  queryOptions({
    queryKey: ['automation', id],
    meta: { live: ['automation', 'execution'] },
    queryFn: async ({ signal }) => {
      const tries = entities.map((entity) => find(entity, id, signal));
      const found = (await Promise.all(tries)).find((each) => each !== undefined);
      if (found !== undefined) return found;
      throw new ApiError(404, `there is no automation ${id} that you may see`);
    },
  });

async function find(entity: string, automation: string, signal: AbortSignal): Promise<Automation | undefined> {
  try {
    return await call(getEntityAutomation, { params: { entity, automation }, signal });
  } catch (error) {
    if (error instanceof ApiError && error.status < 500) return undefined;
    throw error;
  }
}
