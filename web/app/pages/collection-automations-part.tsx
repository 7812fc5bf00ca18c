import { useQuery, useSuspenseQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { ErrorPanel } from '../../components/error-panel.tsx';
import { CollectionAutomations } from '../../features/automations/components/collection-automations.tsx';
import { entityQuery } from '../../features/entities/api/get-entity.ts';
import { projectQuery } from '../../features/projects/api/get-project.ts';

interface CollectionAutomationsPartProps {
  readonly entity: string;
  readonly project: string;
  readonly collection: string;
  readonly create: ReactNode;
}

/** The automations that watch a collection, those of its organization too. */
export function CollectionAutomationsPart({ create, ...place }: CollectionAutomationsPartProps) {
  const { entity, project: name } = place;
  const { data: project } = useSuspenseQuery(projectQuery(entity, name));
  const { data: owner, error, refetch } = useQuery(entityQuery(entity));
  if (error !== null) return <ErrorPanel error={error} retry={refetch} />;
  if (owner === undefined) return null;
  return <CollectionAutomations place={{ ...place, owner: owner.kind, registry: project.registry }} create={create} />;
}
