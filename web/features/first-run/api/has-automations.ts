import { queryOptions, useQueries } from '@tanstack/react-query';
import { call } from '../../../lib/api/call.ts';
import { getEntityAutomations } from '../../../lib/api/generated.ts';

/** Whoever belongs to more is not new here. */
const MOST_ENTITIES = 10;

const hasAutomationsQuery = (entity: string) =>
  queryOptions({
    queryKey: ['first-run', entity, 'has automations'],
    queryFn: async ({ signal }) =>
      (await call(getEntityAutomations, { params: { entity }, query: { limit: 1 }, signal })).items.length > 0,
    meta: { live: ['automation'] },
    staleTime: 60_000,
  });

/** Whether none of these entities has an automation; `false` until that is known. */
export function useHasNoAutomations(entities: readonly string[]): boolean {
  const asked = entities.length > MOST_ENTITIES ? [] : entities;
  const answers = useQueries({ queries: asked.map(hasAutomationsQuery) });
  return answers.length > 0 && answers.every(({ data }) => data === false);
}
