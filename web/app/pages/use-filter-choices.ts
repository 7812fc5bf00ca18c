import { useQuery } from '@tanstack/react-query';
import { automationNamesQuery } from '../../features/automations/api/list-automations.ts';
import { entityQuery } from '../../features/entities/api/get-entity.ts';
import type { FilterChoices } from '../../features/executions/components/history-filters.tsx';

/** Whom and what a history can be narrowed to; what cannot be read is no choice. */
export function useFilterChoices(entity: string, project?: string): FilterChoices {
  const { data: automations = [] } = useQuery(automationNamesQuery(entity, project));
  const { data: details } = useQuery(entityQuery(entity));
  return { automations, authors: details?.members.map(({ username }) => username) ?? [] };
}
