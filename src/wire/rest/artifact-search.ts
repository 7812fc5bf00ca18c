import { z } from 'zod';
import { seenProjects } from '../../access/seen-projects.ts';
import { entitiesOfViewer } from '../../directory/entities-of-viewer.ts';
import { placeOf } from '../../directory/find-entity.ts';
import { requireEntity, requireOrganization } from '../../directory/require-entity.ts';
import { fieldCatalogue } from '../../filter/catalogue.ts';
import { parseFilter } from '../../filter/parse.ts';
import { asId, type CollectionId } from '../../model/ids.ts';
import { REGISTRY_PREFIX } from '../../model/registry-name.ts';
import type { Viewer } from '../../model/viewer.ts';
import { versionTags } from '../../store/artifact-reads.ts';
import { findCollections } from '../../store/collection-finds.ts';
import { aliasesAtPlaces, collectionsByKey } from '../../store/collection-reads.ts';
import type { Collection } from '../../store/collections.ts';
import type { Ground } from '../../store/ground.ts';
import type { Membership } from '../../store/memberships.ts';
import { listPlaces } from '../../store/place-lists.ts';
import type { ProjectPlace } from '../../store/projects.ts';
import { projectsById } from '../../store/projects-of-many.ts';
import { collectionsFrom, type RegistryCollectionListing, searchRegistries } from '../../store/registry-lists.ts';
import type { RestResource } from './app.ts';
import { foundCollection, foundVersion, toCollection } from './artifact-schemas.ts';
import { CHANGED_LAST, wantedCollections } from './collection-search.ts';
import { containing } from './containing.ts';
import { cutPage, decodeCursor, pageOf, pageQuery } from './page.ts';
import { answers, id, isoInstant, several } from './schemas.ts';
import { showCollections } from './shown-collections.ts';

const search = z.string().max(200).optional();
const collectionsQuery = z.strictObject({
  ...pageQuery.shape,
  search: search.describe('part of the name, the description or a tag, in any case'),
  entity: several(z.string(), 'only of these entities; without it, of all where you have a role'),
});
const versionsQuery = z.strictObject({
  ...pageQuery.shape,
  search: search.describe('part of an alias or a tag, in any case'),
});

const VERSION_FIELDS = fieldCatalogue('version', { alias: { kind: 'set' }, tag: { kind: 'set' } });

/** More than an organization has: what lies in its registries is looked through whole. */
const ALL = { order: { field: undefined, descending: true }, after: undefined, limit: 2 ** 31 - 1 };

/** Artifacts wherever they lie, as people look for them. */
export const artifactSearch: RestResource = (app, { ground }) => {
  app.get(
    '/artifact-collections',
    {
      schema: {
        tags: ['artifacts'],
        summary: 'Look for artifact collections in all projects and registries, those that changed last first',
        querystring: collectionsQuery,
        response: answers(200, pageOf(foundCollection)),
      },
    },
    async ({ viewer, query: { limit, cursor, search: text, entity } }) => {
      const places =
        entity === undefined
          ? (await entitiesOfViewer(ground, viewer)).map(placeOf)
          : await Promise.all(entity.map((name) => requireEntity(ground, viewer, name)));
      const [sortKey, listId] = decodeCursor(cursor, z.tuple([z.string(), z.string()])) ?? [];
      const rows = await findCollections(
        ground.database,
        { seen: places.map((place) => seenProjects(viewer, place)), filter: wantedCollections(text) },
        {
          order: CHANGED_LAST,
          after: sortKey === undefined || listId === undefined ? undefined : { sortKey, listId },
          limit: limit + 1,
        },
      );
      const page = cutPage(rows, limit, (row) => [row.sortKey ?? '', row.listId]);
      return { ...page, items: await placedCollections(ground, page.items) };
    },
  );

  app.get(
    '/organizations/:org/registry-versions',
    {
      schema: {
        tags: ['registries'],
        summary: 'Look for versions in all registries of an organization, collection by collection',
        params: z.object({ org: z.string() }),
        querystring: versionsQuery,
        response: answers(200, pageOf(foundVersion)),
      },
    },
    async ({ viewer, params, query: { limit, cursor, search: text } }) => {
      const { tenantId, rootId, visibility } = await requireOrganization(ground, viewer, params.org);
      const listing = await registryCollections(ground, viewer, { tenantId, rootId, visibility });
      const filter =
        text === undefined || text.trim() === ''
          ? undefined
          : parseFilter(containing(text, ['alias', 'tag']), VERSION_FIELDS, 'search');
      const [collection, index] = decodeCursor(cursor, z.tuple([id, z.string().regex(/^\d{1,9}$/)])) ?? [];
      const rows = await listPlaces(
        ground.database,
        { tenantId, collections: (from) => collectionsFrom(ground.database, listing, from), filter },
        {
          after:
            collection === undefined || index === undefined
              ? undefined
              : { collectionId: asId<CollectionId>(collection), versionIndex: Number(index) },
          limit: limit + 1,
        },
      );
      const page = cutPage(rows, limit, (row) => [row.collectionId, String(row.versionIndex)]);
      return { ...page, items: await placedVersions(ground, page.items) };
    },
  );
};

/** The collections of all registries that the viewer sees. */
async function registryCollections(
  { database }: Ground,
  viewer: Viewer,
  place: Parameters<typeof seenProjects>[1],
): Promise<RegistryCollectionListing> {
  const registries = await searchRegistries(database, { seen: seenProjects(viewer, place), filter: undefined }, ALL);
  const projectIds = registries.map((registry) => registry.id);
  return { tenantId: place.tenantId, projectIds, kinds: ['portfolio'], filter: undefined };
}

async function projectsOf({ database }: Ground, collections: readonly Collection[]) {
  const found = await projectsById(database, [...new Set(collections.map(({ projectId }) => projectId))]);
  return new Map(found.map((project) => [project.id, project]));
}

async function placedCollections(ground: Ground, rows: readonly Collection[]) {
  const [shown, projects] = await Promise.all([showCollections(ground, rows), projectsOf(ground, rows)]);
  return shown.flatMap((each) => {
    const project = projects.get(each.collection.projectId);
    return project === undefined ? [] : [{ ...toCollection(each), ...placeIn(project) }];
  });
}

async function placedVersions(ground: Ground, places: readonly Membership[]) {
  const { database } = ground;
  const collections = await collectionsByKey(database, places);
  const keys = places.map(({ artifactTenantId: tenantId, artifactId }) => ({ tenantId, artifactId }));
  const [projects, aliases, tags] = await Promise.all([
    projectsOf(ground, collections),
    aliasesAtPlaces(database, places),
    versionTags(database, keys),
  ]);
  return places.flatMap((place) => {
    const collection = collections.find(({ collectionId }) => collectionId === place.collectionId);
    const project = collection && projects.get(collection.projectId);
    if (collection === undefined || project === undefined) return [];
    const isHere = (alias: { collectionId: CollectionId; versionIndex: number }) =>
      alias.collectionId === place.collectionId && alias.versionIndex === place.versionIndex;
    return [
      {
        ...placeIn(project),
        ...{ collection: collection.name, type: collection.typeName, version: `v${place.versionIndex}` },
        aliases: aliases.flatMap((each) => (isHere(each) ? [each.alias] : [])),
        tags: tags.flatMap(({ artifactId, tag }) => (artifactId === place.artifactId ? [tag] : [])),
        addedAt: isoInstant(place.createdAt),
      },
    ];
  });
}

function placeIn({ entityName, name, registryId }: ProjectPlace) {
  const registry = registryId === null ? null : name.slice(REGISTRY_PREFIX.length);
  return { entity: entityName, project: name, registry };
}
