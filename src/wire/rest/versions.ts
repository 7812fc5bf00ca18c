import { z } from 'zod';
import { notFound } from '../../model/error.ts';
import type { Viewer } from '../../model/viewer.ts';
import { placesOfArtifacts } from '../../store/artifact-reads.ts';
import { type ArtifactKey, artifactById } from '../../store/artifacts.ts';
import { collectionsByKey } from '../../store/collection-reads.ts';
import type { Ground } from '../../store/ground.ts';
import { listVersions } from '../../store/version-lists.ts';
import type { RestResource } from './app.ts';
import { type ShownPlace, toVersion, toVersionDetails, version, versionDetails } from './artifact-schemas.ts';
import { collectionAt, ofCollection, ofVersion, requirePlace } from './collection-of.ts';
import { cutPage, decodeCursor, pageOf, pageQuery } from './page.ts';
import { answers } from './schemas.ts';
import { searched } from './searched.ts';
import { projectsSeen, showVersions } from './shown-versions.ts';

const tags = ['artifacts'];
const listQuery = z.strictObject({
  ...pageQuery.shape,
  search: z.string().max(200).optional().describe('part of the number, an alias or a tag, in any case'),
});

const NEWEST_FIRST = { field: undefined, descending: true };

/** Versions of artifact collections. */
export const versions: RestResource = (app, { ground }) => {
  app.get(
    '/entities/:entity/projects/:project/artifacts/:collection/versions',
    {
      schema: {
        tags,
        summary: 'List the versions of an artifact collection, the newest first',
        params: ofCollection,
        querystring: listQuery,
        response: answers(200, pageOf(version)),
      },
    },
    async ({ viewer, params, query: { limit, cursor, search } }) => {
      const { collection } = await collectionAt(ground, viewer, params);
      const [listId] = decodeCursor(cursor, z.tuple([z.string()])) ?? [];
      const rows = await listVersions(
        ground.database,
        { ...collection, text: searched(search), filter: undefined },
        {
          order: NEWEST_FIRST,
          after: listId === undefined ? undefined : { sortKey: null, listId },
          limit: limit + 1,
        },
      );
      const page = cutPage(rows, limit, (row) => [row.listId]);
      return { ...page, items: (await showVersions(ground, viewer, collection, page.items)).map(toVersion) };
    },
  );

  app.get(
    '/entities/:entity/projects/:project/artifacts/:collection/versions/:version',
    {
      schema: {
        tags,
        summary: 'Read an artifact version with its metadata, where it was logged, and where it is linked to',
        params: ofVersion,
        response: answers(200, versionDetails),
      },
    },
    async ({ viewer, params }) => {
      const { collection } = await collectionAt(ground, viewer, params);
      const place = await requirePlace(ground, collection, params.version);
      const key = { tenantId: place.artifactTenantId, artifactId: place.artifactId };
      const artifact = await artifactById(ground.database, key);
      if (artifact === undefined) throw notFound(`version '${params.collection}:${params.version}' was deleted`);
      const found = { ...artifact, placeIndex: place.versionIndex, placedAt: place.createdAt };
      const [[shown], places] = await Promise.all([
        showVersions(ground, viewer, collection, [found]),
        placesSeen(ground, viewer, key),
      ]);
      if (shown === undefined) throw new Error('a version was lost while it was shown');
      return toVersionDetails(shown, collection, places);
    },
  );
};

/** Everywhere that a version lies, as far as the viewer may see. */
async function placesSeen(ground: Ground, viewer: Viewer, key: ArtifactKey): Promise<ShownPlace[]> {
  const places = await placesOfArtifacts(ground.database, [key]);
  const collections = await collectionsByKey(ground.database, places);
  const projects = await projectsSeen(
    ground,
    viewer,
    collections.map(({ projectId }) => projectId),
  );
  return places.flatMap((place) => {
    const collection = collections.find(({ collectionId }) => collectionId === place.collectionId);
    const project = collection && projects.get(collection.projectId);
    return collection === undefined || project === undefined ? [] : [{ place, collection, project }];
  });
}
