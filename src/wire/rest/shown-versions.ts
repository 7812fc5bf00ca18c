import { permits } from '../../access/permits.ts';
import { seenAt } from '../../delivery/find-executions.ts';
import { type EntityPlace, findEntityById } from '../../directory/find-entity.ts';
import type { EntityId, ProjectId } from '../../model/ids.ts';
import type { Viewer } from '../../model/viewer.ts';
import { placesOfArtifacts, versionTags } from '../../store/artifact-reads.ts';
import type { ArtifactKey } from '../../store/artifacts.ts';
import { aliasesAtPlaces } from '../../store/collection-reads.ts';
import type { CollectionKey } from '../../store/collections.ts';
import { countExecutionsAbout } from '../../store/count-executions.ts';
import type { Ground } from '../../store/ground.ts';
import { runViewsByKey } from '../../store/lineage-reads.ts';
import type { ProjectPlace } from '../../store/projects.ts';
import { projectsById } from '../../store/projects-of-many.ts';
import type { RunView } from '../../store/run-views.ts';
import { usersById } from '../../store/users-by-id.ts';
import type { CollectionVersion } from '../../store/version-lists.ts';

/** The run that logged a version, and where it lies. */
export interface SourceRun {
  readonly run: RunView;
  readonly project: ProjectPlace;
}

/** A version of a collection with what answers show beside it. */
export interface ShownVersion {
  readonly version: CollectionVersion;
  readonly aliases: readonly string[];
  readonly tags: readonly string[];
  /** `null` when it is hidden, like the project that the version was logged to, or gone. */
  readonly author: string | null;
  readonly source: SourceRun | null;
  readonly executions: number;
}

/** What a viewer is shown of versions of a collection: a link tells nothing of a hidden project (docs/artifacts.md). */
export async function showVersions(
  ground: Ground,
  viewer: Viewer,
  { tenantId, collectionId }: CollectionKey,
  versions: readonly CollectionVersion[],
): Promise<ShownVersion[]> {
  const { database } = ground;
  const places = versions.map(({ placeIndex: versionIndex }) => ({ tenantId, collectionId, versionIndex }));
  const [aliases, tags, users, sources, seen, executions] = await Promise.all([
    aliasesAtPlaces(database, places),
    versionTags(database, versions),
    usersById(
      database,
      versions.flatMap(({ userId }) => userId ?? []),
    ),
    sourcesOf(ground, viewer, versions),
    projectsSeen(
      ground,
      viewer,
      versions.map(({ projectId }) => projectId),
    ),
    executionsOfVersions(ground, viewer, versions),
  ]);
  const nameOf = new Map(users.map(({ id, username }) => [id, username]));
  return versions.map((version) => ({
    version,
    aliases: aliases.flatMap(({ alias, versionIndex }) => (versionIndex === version.placeIndex ? [alias] : [])),
    tags: tags.flatMap(({ tag, artifactId }) => (artifactId === version.artifactId ? [tag] : [])),
    author: (seen.has(version.projectId) && version.userId !== null && nameOf.get(version.userId)) || null,
    source: sources.find(({ run }) => run.runId === version.runId) ?? null,
    executions: executions.get(version.artifactId) ?? 0,
  }));
}

/** Where what happens to some versions lies: with the owners of all their places, as far as the viewer sees those. */
export async function ownersOf(
  ground: Ground,
  viewer: Viewer,
  versions: readonly ArtifactKey[],
): Promise<EntityPlace[]> {
  const places = await placesOfArtifacts(ground.database, versions);
  const owners = new Set<EntityId>([...versions, ...places].map(({ tenantId }) => tenantId));
  const entities = await Promise.all([...owners].map((owner) => findEntityById(ground, viewer, owner)));
  return entities.flatMap((entity) => entity ?? []);
}

/** Those of some projects that the viewer may see. */
export async function projectsSeen(
  { database }: Ground,
  viewer: Viewer,
  ids: readonly ProjectId[],
): Promise<ReadonlyMap<ProjectId, ProjectPlace>> {
  const projects = await projectsById(database, [...new Set(ids)]);
  return new Map(projects.filter((each) => permits(viewer, 'see', each)).map((each) => [each.id, each]));
}

async function sourcesOf(ground: Ground, viewer: Viewer, versions: readonly CollectionVersion[]): Promise<SourceRun[]> {
  const keys = versions.flatMap(({ tenantId, runId }) => (runId === null ? [] : [{ tenantId, runId }]));
  const runs = await runViewsByKey(ground.database, keys);
  const seen = await projectsSeen(
    ground,
    viewer,
    runs.map(({ projectId }) => projectId),
  );
  return runs.flatMap((run) => {
    const project = seen.get(run.projectId);
    return project === undefined ? [] : [{ run, project }];
  });
}

/** How many executions each of some versions caused, as far as the viewer sees them; those without are left out. */
export async function executionsOfVersions(
  ground: Ground,
  viewer: Viewer,
  versions: readonly ArtifactKey[],
): Promise<ReadonlyMap<string, number>> {
  const seen = seenAt(viewer, await ownersOf(ground, viewer, versions));
  return countExecutionsAbout(
    ground.database,
    seen,
    versions.map(({ artifactId }) => artifactId),
  );
}
