import { useQuery } from '@tanstack/react-query';
import { type Automation, automationsQuery } from '../../features/automations/api/list-automations.ts';
import { entityQuery } from '../../features/entities/api/get-entity.ts';
import type { FilterChoices } from '../../features/executions/components/history-filters.tsx';

/** Whom and what a history can be narrowed to; what cannot be read is no choice. */
export function useFilterChoices(
  entity: string,
  covers: (automation: Automation) => boolean = () => true,
): FilterChoices {
  const { data: automations = [] } = useQuery(automationsQuery(entity));
  const { data: details } = useQuery(entityQuery(entity));
  return {
    automations: automations.filter(covers).map(({ name }) => name),
    authors: details?.members.map(({ username }) => username) ?? [],
  };
}
