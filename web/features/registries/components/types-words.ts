import type { Registry } from '../api/list-registries.ts';

/** Which types of artifacts may be linked to a registry. */
export function typesWords({ allowAllArtifactTypes, artifactTypes }: Registry): string {
  return allowAllArtifactTypes ? 'every type' : artifactTypes.join(', ');
}
