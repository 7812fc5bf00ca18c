import { permits } from '../../../access/permits.ts';
import type { ProjectId } from '../../../model/ids.ts';
import type { Artifact } from '../../../store/artifacts.ts';
import type { KnownCollection } from '../../../store/collection-reads.ts';
import type { Collection } from '../../../store/collections.ts';
import type { Membership } from '../../../store/memberships.ts';
import { artifactsByClientId } from '../../../store/pending-artifacts.ts';
import type { ProjectPlace } from '../../../store/projects.ts';
import { artifactKeyOf, collectionKeyOf } from './artifact-ids.ts';
import { artifactLoaders } from './artifact-loaders.ts';
import type { GraphqlContext } from './context.ts';
import type { FieldResolver } from './module.ts';

/** A project that the viewer may see; `undefined` for a hidden or deleted one. Many at once are one statement. */
export async function seenProject(context: GraphqlContext, id: ProjectId): Promise<ProjectPlace | undefined> {
  const { project } = await artifactLoaders(context);
  const found = await context.once(`project:${id}`, () => project.load(id));
  return found !== undefined && permits(context.viewer, 'see', found) ? found : undefined;
}

/** A place together with what it takes to know who may see it. */
export interface SeenPlace {
  readonly place: Membership;
  readonly collection: KnownCollection;
}

/** The places of a version that the viewer may see, the oldest first. */
export async function seenPlaces(context: GraphqlContext, artifact: Artifact): Promise<SeenPlace[]> {
  const loaders = await artifactLoaders(context);
  const places = (await loaders.places.load(artifact)) ?? [];
  const seen = await Promise.all(
    places.map(async (place) => {
      const collection = await loaders.collection.load(place);
      if (collection === undefined || (await seenProject(context, collection.projectId)) === undefined) return [];
      return [{ place, collection }];
    }),
  );
  return seen.flat();
}

/** Whether the viewer sees a version: in its project, or in another one that links to it. */
export async function isSeen(context: GraphqlContext, artifact: Artifact): Promise<boolean> {
  if ((await seenProject(context, artifact.projectId)) !== undefined) return true;
  return (await seenPlaces(context, artifact)).length > 0;
}

/** The version that an id on the wire names, in whatever state; `undefined` when it is unknown or hidden. */
export async function artifactOfId(context: GraphqlContext, id: string): Promise<Artifact | undefined> {
  const key = artifactKeyOf(id);
  if (key === undefined) return undefined;
  const artifact = await (await artifactLoaders(context)).artifact.load(key);
  return artifact !== undefined && (await isSeen(context, artifact)) ? artifact : undefined;
}

/**
 * The version that a client gave a provisional id, if the viewer sees it. Ids of clients are only unique within an
 * entity: of several the one that the viewer made is meant.
 */
export async function artifactOfClientId(context: GraphqlContext, clientId: string): Promise<Artifact | undefined> {
  const { ground, viewer } = context;
  const found = await artifactsByClientId(ground.database, clientId);
  const seen = await Promise.all(found.map(async (artifact) => ((await isSeen(context, artifact)) ? [artifact] : [])));
  return seen.flat().find(({ userId }) => userId === viewer.userId) ?? seen.flat()[0];
}

/** The living collection that an id on the wire names; `undefined` when it is unknown or hidden. */
export async function collectionOfId(context: GraphqlContext, id: string): Promise<KnownCollection | undefined> {
  const key = collectionKeyOf(id);
  if (key === undefined) return undefined;
  const collection = await (await artifactLoaders(context)).collection.load(key);
  if (collection === undefined || collection.deletedAt !== null) return undefined;
  return (await seenProject(context, collection.projectId)) === undefined ? undefined : collection;
}

/**
 * Answers a field of a collection only to those who see its project: a version that is linked elsewhere names its
 * sequence to everybody who sees the link.
 *
 * @param hidden the answer to others
 */
export function ifSeen<Args>(
  resolve: FieldResolver<Collection, Args>,
  hidden: unknown,
): FieldResolver<Collection, Args> {
  return async (collection, args, context, info) => {
    const project = await seenProject(context, collection.projectId);
    return project === undefined ? hidden : resolve(collection, args, context, info);
  };
}
