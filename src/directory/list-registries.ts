import { isRegistry } from '../access/registry-role-at.ts';
import { seenProjects } from '../access/seen-projects.ts';
import type { Viewer } from '../model/viewer.ts';
import type { Ground } from '../store/ground.ts';
import { registriesOf } from '../store/projects-of-many.ts';
import type { EntityPlace } from './find-entity.ts';
import type { Registry } from './find-registry.ts';

/**
 * The registries of an organization that the viewer may see, by name: one more than `limit` when there is a next page.
 *
 * @param page.after name of the last project of the page before, or `null`
 */
export async function listRegistries(
  ground: Ground,
  viewer: Viewer,
  organization: EntityPlace,
  page: { readonly after: string | null; readonly limit: number },
): Promise<readonly Registry[]> {
  const seen = seenProjects(viewer, organization);
  return (await registriesOf(ground.database, { ...seen, after: page.after, limit: page.limit + 1 })).filter(
    isRegistry,
  );
}
