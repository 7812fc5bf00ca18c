import { z } from 'zod';
import { aliasNames, versionTagNames } from '../../store/version-labels.ts';
import type { RestResource } from './app.ts';
import { collectionAt, ofCollection } from './collection-of.ts';
import { cutPage, decodeCursor, pageOf, pageQuery } from './page.ts';
import { answers } from './schemas.ts';

const labelsQuery = z.strictObject({
  ...pageQuery.shape,
  search: z.string().max(200).default('').describe('with what they begin, in any case'),
});

const LISTS = [
  { path: 'version-aliases', names: aliasNames, summary: 'List the aliases in an artifact collection, by name' },
  {
    path: 'version-tags',
    names: versionTagNames,
    summary: 'List the tags of the newest 10,000 versions in an artifact collection, by name',
  },
] as const;

/** The names that versions of a collection have, for whoever chooses one. */
export const versionLabels: RestResource = (app, { ground }) => {
  for (const { path, names, summary } of LISTS) {
    app.get(
      `/entities/:entity/projects/:project/artifacts/:collection/${path}`,
      {
        schema: {
          tags: ['artifacts'],
          summary,
          params: ofCollection,
          querystring: labelsQuery,
          response: answers(200, pageOf(z.string())),
        },
      },
      async ({ viewer, params, query: { limit, cursor, search } }) => {
        const { collection } = await collectionAt(ground, viewer, params);
        const [after] = decodeCursor(cursor, z.tuple([z.string()])) ?? [];
        const found = await names(ground.database, { ...collection, begun: search.trim(), after, limit: limit + 1 });
        return cutPage(found, limit, (name) => [name]);
      },
    );
  }
};
