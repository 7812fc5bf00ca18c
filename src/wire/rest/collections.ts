import { z } from 'zod';
import { listArtifactTypes } from '../../store/artifact-type-reads.ts';
import { listCollections } from '../../store/collection-lists.ts';
import type { RestResource } from './app.ts';
import { artifactType, collection, toCollection } from './artifact-schemas.ts';
import { collectionAt, ofCollection } from './collection-of.ts';
import { CHANGED_LAST, OF_PEOPLE } from './collection-search.ts';
import { cutPage, decodeCursor, pageOf, pageQuery } from './page.ts';
import { ofProject, requireProject } from './projects.ts';
import { answers } from './schemas.ts';
import { searched } from './searched.ts';
import { showCollection, showCollections } from './shown-collections.ts';

const tags = ['artifacts'];
const listQuery = z.strictObject({
  ...pageQuery.shape,
  search: z.string().max(200).optional().describe('part of the name, the description or a tag, in any case'),
  type: z
    .string()
    .max(128)
    .optional()
    .describe('only of this type; without it, all but what clients log by themselves (tables, code, jobs, wandb-…)'),
});

/** Artifact collections of projects and registries, as people look for them. Clients read them by GraphQL. */
export const collections: RestResource = (app, { ground }) => {
  app.get(
    '/entities/:entity/projects/:project/artifact-types',
    {
      schema: {
        tags,
        summary: 'List the types of artifacts in a project or registry, by name',
        params: ofProject,
        querystring: pageQuery,
        response: answers(200, pageOf(artifactType)),
      },
    },
    async ({ viewer, params, query: { limit, cursor } }) => {
      const { tenantId, id: projectId } = await requireProject(ground, viewer, params);
      const [after] = decodeCursor(cursor, z.tuple([z.string()])) ?? [];
      const rows = await listArtifactTypes(ground.database, { tenantId, projectId, after, limit: limit + 1 });
      const page = cutPage(rows, limit, ({ name }) => [name]);
      return { ...page, items: page.items.map(({ name, description }) => ({ name, description })) };
    },
  );

  app.get(
    '/entities/:entity/projects/:project/artifacts',
    {
      schema: {
        tags,
        summary: 'List the artifact collections of a project or registry, those that changed last first',
        params: ofProject,
        querystring: listQuery,
        response: answers(200, pageOf(collection)),
      },
    },
    async ({ viewer, params, query: { limit, cursor, search, type } }) => {
      const { tenantId, id: projectId } = await requireProject(ground, viewer, params);
      const [sortKey, listId] = decodeCursor(cursor, z.tuple([z.string(), z.string()])) ?? [];
      const rows = await listCollections(
        ground.database,
        {
          tenantId,
          projectId,
          typeName: type,
          text: searched(search),
          filter: type === undefined ? OF_PEOPLE : undefined,
        },
        {
          order: CHANGED_LAST,
          after: sortKey === undefined || listId === undefined ? undefined : { sortKey, listId },
          limit: limit + 1,
        },
      );
      const page = cutPage(rows, limit, (row) => [row.sortKey ?? '', row.listId]);
      return { ...page, items: (await showCollections(ground, page.items)).map(toCollection) };
    },
  );

  app.get(
    '/entities/:entity/projects/:project/artifacts/:collection',
    {
      schema: {
        tags,
        summary: 'Read an artifact collection',
        params: ofCollection,
        response: answers(200, collection),
      },
    },
    async ({ viewer, params }) => {
      const { collection: found } = await collectionAt(ground, viewer, params);
      return toCollection(await showCollection(ground, found));
    },
  );
};
