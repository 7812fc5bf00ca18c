import { z } from 'zod';
import { permits } from '../../access/permits.ts';
import { fieldCatalogue } from '../../filter/catalogue.ts';
import type { Filter } from '../../filter/filter.ts';
import { parseFilter } from '../../filter/parse.ts';
import { invalid, notFound } from '../../model/error.ts';
import type { ProjectId } from '../../model/ids.ts';
import type { Json } from '../../model/json.ts';
import { parseLooseJson } from '../../model/loose-json.ts';
import type { Viewer } from '../../model/viewer.ts';
import { artifactById } from '../../store/artifacts.ts';
import type { Ground } from '../../store/ground.ts';
import { projectById } from '../../store/projects.ts';
import { listVersions } from '../../store/version-lists.ts';
import type { RestResource } from './app.ts';
import { toVersion, toVersionDetails, version, versionDetails } from './artifact-schemas.ts';
import { collectionAt, ofCollection, ofVersion } from './collection-of.ts';
import { versionAt } from './found-version.ts';
import { cutPage, decodeCursor, pageOf, pageQuery } from './page.ts';
import { answers } from './schemas.ts';
import { searched } from './searched.ts';
import { placesSeen } from './shown-places.ts';
import { showVersions } from './shown-versions.ts';

const tags = ['artifacts'];
const listQuery = z.strictObject({
  ...pageQuery.shape,
  search: z.string().max(200).optional().describe('part of the number, an alias or a tag, in any case'),
  filter: z
    .string()
    .max(10_000)
    .optional()
    .describe('conditions on version, alias, tag, size and metadata.<path>, as JSON text in the language of filters'),
});

const FIELDS = fieldCatalogue(
  'version',
  {
    version: { kind: 'scalar' },
    alias: { kind: 'set' },
    tag: { kind: 'set' },
    size: { kind: 'scalar' },
  },
  { metadata: {} },
);
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
    async ({ viewer, params, query: { limit, cursor, search, filter } }) => {
      const { collection } = await collectionAt(ground, viewer, params);
      const [listId] = decodeCursor(cursor, z.tuple([z.string()])) ?? [];
      const rows = await listVersions(
        ground.database,
        { ...collection, text: searched(search), filter: filter === undefined ? undefined : readFilter(filter) },
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
      const { collection, place, key } = await versionAt(ground, viewer, params);
      const artifact = await artifactById(ground.database, key);
      if (artifact === undefined) throw notFound(`version '${params.collection}:${params.version}' was deleted`);
      const found = { ...artifact, placeIndex: place.versionIndex, placedAt: place.createdAt };
      const [[shown], places, mayEdit] = await Promise.all([
        showVersions(ground, viewer, collection, [found]),
        placesSeen(ground, viewer, [key]),
        mayLogTo(ground, viewer, artifact.projectId),
      ]);
      if (shown === undefined) throw new Error('a version was lost while it was shown');
      return toVersionDetails(shown, collection, { places, mayEdit });
    },
  );
};

function readFilter(text: string): Filter {
  return parseFilter(readJson(text), FIELDS, 'filter');
}

function readJson(text: string): Json {
  try {
    return parseLooseJson(text);
  } catch {
    throw invalid('filter is not JSON', 'filter');
  }
}

async function mayLogTo({ database }: Ground, viewer: Viewer, id: ProjectId): Promise<boolean> {
  const project = await projectById(database, id);
  return project !== undefined && permits(viewer, 'log', project);
}
