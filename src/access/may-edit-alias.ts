import type { Place, Viewer } from '../model/viewer.ts';
import { permits } from './permits.ts';

/**
 * Whether a viewer may set an alias in a collection of a project, move it or remove it: who writes there, but a
 * protected alias only an admin of the registry (automations, section 1.1).
 *
 * @param protectedAliases those of the registry; none in other projects
 */
export function mayEditAlias(
  viewer: Viewer,
  place: Place,
  alias: string,
  protectedAliases: ReadonlySet<string>,
): boolean {
  return permits(viewer, protectedAliases.has(alias) ? 'protect' : 'log', place);
}
