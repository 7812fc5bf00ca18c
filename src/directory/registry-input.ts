import { parseAlias, parseArtifactTypeName } from '../model/artifact-names.ts';
import { invalid } from '../model/error.ts';
import { parseProjectName } from '../model/names.ts';
import { isRegistryName, REGISTRY_PREFIX } from '../model/registry-name.ts';
import type { Visibility } from '../model/viewer.ts';

/** The name of a registry's project, prefix and all. @throws TriplineError invalid */
export function parseRegistryName(text: string): string {
  const name = parseProjectName(text);
  if (isRegistryName(name) && name !== REGISTRY_PREFIX) return name;
  throw invalid(`the project of a registry is called '${REGISTRY_PREFIX}' and a name, not '${name}'`, 'name');
}

/** @throws TriplineError invalid for visibilities that let others than members of the organization in */
export function parseRegistryVisibility(visibility: Visibility): Visibility {
  if (visibility === 'Team' || visibility === 'Restricted') return visibility;
  throw invalid(`a registry is for its organization (Team) or for whom it invites (Restricted)`, 'visibility');
}

/** Names of artifact types, each once. @throws TriplineError invalid */
export function parseTypeNames(names: readonly string[]): readonly string[] {
  return [...new Set(names.map(parseArtifactTypeName))];
}

/** Aliases to protect, each once: `latest` moves by itself. @throws TriplineError invalid */
export function parseProtectedAliases(aliases: readonly string[]): readonly string[] {
  if (aliases.includes('latest')) {
    throw invalid(`'latest' cannot be protected: it moves by itself with each new version`, 'protectedAliases');
  }
  return [...new Set(aliases.map(parseAlias))];
}
