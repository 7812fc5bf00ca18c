import { redirect } from '@tanstack/react-router';
import { projectQuery } from '../../features/projects/api/get-project.ts';
import type { queryClient } from '../../lib/query-client.ts';

/** Loads a project for a page of it; a registry, which is a project too, has pages of its own. */
export async function loadProject(
  client: typeof queryClient,
  { entity, project: name }: { readonly entity: string; readonly project: string },
) {
  const project = await client.ensureQueryData(projectQuery(entity, name));
  if (project.registry === null) return project;
  throw redirect({
    to: '/orgs/$organization/registry/$registry',
    params: { organization: entity, registry: project.registry },
  });
}
