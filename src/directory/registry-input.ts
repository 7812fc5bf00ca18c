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

const TYPE_NAME = /^[^/:]{1,128}$/u;

/** Names of artifact types, each once. @throws TriplineError invalid */
export function parseTypeNames(names: readonly string[]): readonly string[] {
  const wrong = names.find((name) => !TYPE_NAME.test(name));
  if (wrong === undefined) return [...new Set(names)];
  throw invalid(
    `artifact type '${wrong.slice(0, 140)}' must be 1 to 128 characters without '/' and ':'`,
    'artifactTypes',
  );
}

const ALIAS = /^[^/:]{1,128}$/u;

/** Aliases to protect, each once. @throws TriplineError invalid */
export function parseProtectedAliases(aliases: readonly string[]): readonly string[] {
  const wrong = aliases.find((alias) => !ALIAS.test(alias) || alias === 'latest' || /^v\d+$/.test(alias));
  if (wrong === undefined) return [...new Set(aliases)];
  throw invalid(
    `'${wrong.slice(0, 140)}' cannot be protected: aliases have no '/' and ':', and 'latest' and numbers like 'v3' move by themselves`,
    'protectedAliases',
  );
}
