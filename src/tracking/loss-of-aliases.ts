import { permits } from '../access/permits.ts';
import { forbidden } from '../model/error.ts';
import { groupBy } from '../model/group-by.ts';
import type { Json } from '../model/json.ts';
import type { Viewer } from '../model/viewer.ts';
import { collectionById } from '../store/collections.ts';
import type { Queryable } from '../store/database.ts';
import { type ProjectPlace, projectById } from '../store/projects.ts';
import { protectedAliasesOf } from '../store/registries.ts';
import type { VersionPlace } from './artifact-events.ts';
import { LATEST } from './leave-places.ts';
import { demandAliasEdit } from './protected-aliases.ts';

/** A place and the aliases there that people gave, which its end takes from them. */
interface Loss {
  readonly place: VersionPlace;
  readonly aliases: readonly string[];
}

function lossesOf(places: readonly VersionPlace[]): Loss[] {
  return places
    .map((place) => ({ place, aliases: place.aliases.filter((alias) => alias !== LATEST) }))
    .filter(({ aliases }) => aliases.length > 0);
}

/**
 * Refuses to end places whose aliases the viewer may not take away; `latest` goes with any.
 *
 * @throws TriplineError forbidden
 */
export async function demandLossOfAliases(
  database: Queryable,
  viewer: Viewer,
  places: readonly VersionPlace[],
): Promise<void> {
  for (const [projectId, losses] of groupBy(lossesOf(places), ({ place }) => place.projectId)) {
    const project = await projectById(database, projectId);
    if (project === undefined) continue;
    if (!permits(viewer, 'see', project)) throw forbidden('a version has aliases where it is linked, hidden from you');
    const aliases = losses.flatMap((loss) => loss.aliases);
    await demandAliasEdit(database, viewer, project, [...new Set(aliases)]);
  }
}

/** The protected aliases that are lost, as the audit log tells them: for each registry, in which collections. */
export async function protectedLosses(database: Queryable, places: readonly VersionPlace[]): Promise<Json> {
  const lost: Json[] = [];
  for (const [projectId, losses] of groupBy(lossesOf(places), ({ place }) => place.projectId)) {
    const project = await projectById(database, projectId);
    if (project === undefined || project.registryId === null) continue;
    const kept = await protectedAliasesOf(database, { tenantId: project.tenantId, projectId });
    for (const { place, aliases } of losses) {
      const ended = aliases.filter((alias) => kept.has(alias));
      if (ended.length > 0) lost.push({ aliases: ended, collection: await pathOf(database, project, place) });
    }
  }
  return lost;
}

/** What would be lost, for people: `prod, best in models`; `undefined` when it is nothing. */
export async function describeLoss(
  database: Queryable,
  viewer: Viewer,
  places: readonly VersionPlace[],
): Promise<string | undefined> {
  const described: string[] = [];
  for (const { place, aliases } of lossesOf(places)) {
    const project = await projectById(database, place.projectId);
    const hidden = project === undefined || !permits(viewer, 'see', project);
    if (hidden) described.push('some in a collection that is hidden from you');
    else described.push(`${aliases.join(', ')} in ${await pathOf(database, project, place)}`);
  }
  return described.length === 0 ? undefined : described.join('; ');
}

async function pathOf(database: Queryable, project: ProjectPlace, place: VersionPlace): Promise<string> {
  const collection = await collectionById(database, place);
  return `${project.entityName}/${project.name}/${collection?.name ?? ''}`;
}
