import { createHash } from 'node:crypto';
import { canonicalJson } from '../model/canonical-json.ts';
import type { ProjectPlace } from '../store/projects.ts';
import type { RegistrySettings } from '../store/registries.ts';

const LENGTH = 16;

/**
 * Tells one state of a registry's settings from another. Allowed types are no part of it: they only become more, and no
 * one's addition undoes another's.
 */
export function registryRevision(
  { name, visibility, description }: Pick<ProjectPlace, 'name' | 'visibility' | 'description'>,
  settings: RegistrySettings | undefined,
): string {
  const { allowAllTypes = null, protectedAliases = [] } = settings ?? {};
  const facts = { name, visibility, description, allowAllTypes, protectedAliases: protectedAliases.toSorted() };
  return createHash('sha256').update(canonicalJson(facts)).digest('base64url').slice(0, LENGTH);
}
