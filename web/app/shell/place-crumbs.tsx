import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { projectQuery } from '../../features/projects/api/get-project.ts';

/** The way down to a thing: its entity, its project or registry, its collection. */
export function usePlaceCrumbs(): ReactNode[] {
  const { entity, project, run, organization, registry, type, collection, version } = useParams({ strict: false });
  // the page loads it: here it only matters whether the project is a registry
  const query = projectQuery(entity ?? '', project ?? '');
  const { data } = useQuery({ ...query, enabled: false });
  if (organization !== undefined && registry !== undefined) return registryCrumbs(organization, registry);
  if (entity === undefined) return [];
  const crumbs = data?.registry ? registryCrumbs(entity, data.registry) : projectCrumbs(entity, project);
  if (run !== undefined) crumbs.push(run);
  if (project === undefined || type === undefined || collection === undefined) return crumbs;
  crumbs.push(
    <Link to="/$entity/$project/artifacts/$type/$collection" params={{ entity, project, type, collection }}>
      {collection}
    </Link>,
  );
  return version === undefined ? crumbs : [...crumbs, version];
}

function projectCrumbs(entity: string, project: string | undefined): ReactNode[] {
  const owner = (
    <Link to="/$entity" params={{ entity }}>
      {entity}
    </Link>
  );
  if (project === undefined) return [owner];
  return [
    owner,
    <Link key="project" to="/$entity/$project" params={{ entity, project }}>
      {project}
    </Link>,
  ];
}

function registryCrumbs(organization: string, registry: string): ReactNode[] {
  return [
    <Link key="organization" to="/$entity" params={{ entity: organization }}>
      {organization}
    </Link>,
    <Link key="registry" to="/orgs/$organization/registry/$registry" params={{ organization, registry }}>
      {registry}
    </Link>,
  ];
}
