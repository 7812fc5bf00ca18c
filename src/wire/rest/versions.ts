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
import type { ListOrder } from '../../store/keyset-list.ts';
import { projectById } from '../../store/projects.ts';
import { searchVersions } from '../../store/version-lists.ts';
import type { RestResource } from './app.ts';
import { toVersion, toVersionDetails, version, versionDetails } from './artifact-schemas.ts';
import { collectionAt, ofCollection, ofVersion } from './collection-of.ts';
import { versionAt } from './found-version.ts';
import { pageOf, pageQuery } from './page.ts';
import { answers } from './schemas.ts';
import { searched } from './searched.ts';
import { placesSeen } from './shown-places.ts';
import { showVersions } from './shown-versions.ts';
import { placeAfter, sortedPage } from './sorted-page.ts';

const tags = ['artifacts'];
const SORTS = ['-version', 'version', '-added', 'added', '-size', 'size'] as const;
const listQuery = z.strictObject({
  ...pageQuery.shape,
  sort: z.enum(SORTS).default('-version').describe('numbers follow one another as versions are added'),
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
const versionsPage = z.object({
  ...pageOf(version).shape,
  complete: z
    .boolean()
    .describe(
      'false when not all versions could be looked at in one answer: nextCursor goes on, where others may match',
    ),
});

/** How long versions are looked at one by one, where no index finds those that match. */
const BUDGET_MS = 80;

/** Versions of artifact collections. */
export const versions: RestResource = (app, { ground }) => {
  app.get(
    '/entities/:entity/projects/:project/artifacts/:collection/versions',
    {
      schema: {
        tags,
        summary: 'List the versions of an artifact collection, the newest first unless another order is asked for',
        params: ofCollection,
        querystring: listQuery,
        response: answers(200, versionsPage),
      },
    },
    async ({ viewer, params, query }) => {
      const { collection } = await collectionAt(ground, viewer, params);
      const found = await searchVersions(
        ground.database,
        {
          ...collection,
          text: searched(query.search),
          filter: query.filter === undefined ? undefined : readFilter(query.filter),
        },
        { order: orderOf(query.sort), after: placeAfter(query), limit: query.limit + 1 },
        BUDGET_MS,
      );
      const page = sortedPage(found, query);
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

/** Numbers are given as versions are added: to order by either is the same. */
function orderOf(sort: (typeof SORTS)[number]): ListOrder {
  const field = sort.endsWith('size') ? FIELDS.resolve('size') : undefined;
  return { field, descending: sort.startsWith('-') };
}

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
