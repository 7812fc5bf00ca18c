import { useQuery, useSuspenseQuery } from '@tanstack/react-query';
import { projectQuery } from '../../features/projects/api/get-project.ts';
import { registryQuery } from '../../features/registries/api/get-registry.ts';

/** What the viewer may do to artifacts of a project or a registry. */
export interface ArtifactRights {
  /** Give and take aliases, change collections, link and unlink. */
  readonly mayEdit: boolean;
  /** Aliases that are for admins of the registry. */
  readonly locked: ReadonlySet<string>;
  /** The name of the registry; `null` in other projects. */
  readonly registry: string | null;
}

const NONE: ReadonlySet<string> = new Set();

/** As the server would decide: a button that would be refused is not there. */
export function useArtifactRights(entity: string, project: string): ArtifactRights {
  const { may, registry } = useSuspenseQuery(projectQuery(entity, project)).data;
  const { data } = useQuery({ ...registryQuery(entity, registry ?? ''), enabled: registry !== null });
  const locked = data === undefined || may.includes('protect') ? NONE : new Set(data.protectedAliases);
  return { mayEdit: may.includes('log'), locked, registry };
}
