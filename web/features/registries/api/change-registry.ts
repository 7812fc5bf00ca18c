import { useMutation, useQueryClient } from '@tanstack/react-query';
import { call } from '../../../lib/api/call.ts';
import {
  deleteOrganizationRegistry,
  patchOrganizationRegistry,
  postOrganizationRegistries,
} from '../../../lib/api/generated.ts';
import type { Registry } from './list-registries.ts';

export type Visibility = 'Team' | 'Restricted';

/** What a new registry is. */
export interface NewRegistry {
  readonly name: string;
  readonly description: string | null;
  readonly visibility: Visibility;
  /** The only ones that it takes; none means all. */
  readonly artifactTypes: string[];
}

/** What is to be changed; what is absent stays. */
export interface RegistryChange {
  readonly name?: string;
  readonly description?: string;
  readonly visibility?: Visibility;
  readonly allowAllArtifactTypes?: boolean;
  /** Allowed from now on. */
  readonly artifactTypes?: string[];
  readonly protectedAliases?: string[];
  /** Of the settings that somebody saw when they changed them: others are not overwritten unseen. */
  readonly revision?: string;
}

function useRegistriesChanged() {
  const client = useQueryClient();
  return () =>
    Promise.all(
      ['registry', 'registries', 'project', 'found'].map((key) => client.invalidateQueries({ queryKey: [key] })),
    );
}

export function useCreateRegistry(org: string) {
  const onSuccess = useRegistriesChanged();
  return useMutation({
    mutationFn: (body: NewRegistry) => call(postOrganizationRegistries, { params: { org }, body }),
    onSuccess: () => void onSuccess(),
    meta: { quiet: true },
  });
}

export function useChangeRegistry(org: string, { name: registry }: Pick<Registry, 'name'>) {
  const changed = useRegistriesChanged();
  return useMutation({
    mutationFn: (body: RegistryChange) => call(patchOrganizationRegistry, { params: { org, registry }, body }),
    // whoever renames leaves the old address first
    onSettled: (_answer, error, { name }) => (name === undefined || error !== null ? changed() : undefined),
    meta: { quiet: true },
  });
}

export function useDeleteRegistry(org: string, registry: string) {
  const onSuccess = useRegistriesChanged();
  return useMutation({
    mutationFn: () => call(deleteOrganizationRegistry, { params: { org, registry } }),
    onSuccess: () => void onSuccess(),
    meta: { quiet: true },
  });
}
