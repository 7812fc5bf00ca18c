import { useQueries } from '@tanstack/react-query';
import { REGISTRY_PREFIX } from '../../../src/model/registry-name.ts';
import { useViewer } from '../../features/account/api/use-viewer.ts';
import type { LinkRegistry } from '../../features/artifacts/components/version/link-version.tsx';
import { registriesQuery } from '../../features/registries/api/list-registries.ts';

/** The registries where the viewer may link versions of a type. */
export function useLinkRegistries(type: string): readonly LinkRegistry[] {
  const organizations = useViewer().entities.flatMap(({ kind, name }) => (kind === 'organization' ? [name] : []));
  const lists = useQueries({ queries: organizations.map(registriesQuery) });
  return organizations.flatMap((organization, index) =>
    (lists[index]?.data ?? [])
      .filter(({ may }) => may.includes('log'))
      .filter(({ allowAllArtifactTypes, artifactTypes }) => allowAllArtifactTypes || artifactTypes.includes(type))
      .map(({ name }) => ({ organization, name, project: REGISTRY_PREFIX + name })),
  );
}
