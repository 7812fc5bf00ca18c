import { z } from 'zod';
import { seenProjects } from '../../access/seen-projects.ts';
import { requireEntity } from '../../directory/require-entity.ts';
import { deletedSpace, largestCollections, largestProjects } from '../../store/stored-parts.ts';
import { type StoredSpace, storedSpace } from '../../store/stored-space.ts';
import type { RestResource } from './app.ts';
import { answers } from './schemas.ts';

const MOST_PROJECTS = 100;
const MOST_COLLECTIONS = 20;

const space = z.object({ bytes: z.number(), files: z.int() }).meta({ id: 'Space' });

const projectSpace = z
  .object({
    project: z.string(),
    runs: space.describe('files that its runs saved'),
    artifacts: space.describe('files and manifests of its versions'),
  })
  .meta({ id: 'ProjectSpace' });

const collectionSpace = z
  .object({ ...space.shape, project: z.string(), collection: z.string(), type: z.string(), versions: z.int() })
  .meta({ id: 'CollectionSpace' });

const entitySpace = z
  .object({
    ...space.shape,
    limit: z.number().nullable().describe('bytes that it may store; null: as much as there is'),
    projects: z.array(projectSpace).describe(`those that store most, at most ${MOST_PROJECTS}`),
    others: space.describe('of projects that are not listed or not shown to you'),
    deleted: space.describe('of deleted projects and collections; it goes within a day'),
    collections: z.array(collectionSpace).describe(`those that store most, at most ${MOST_COLLECTIONS}`),
  })
  .meta({ id: 'EntitySpace' });

/** What takes an entity's space. */
export const entitySpaceResource: RestResource = (app, { ground, files }) => {
  app.get(
    '/entities/:entity/space',
    {
      schema: {
        tags: ['entities'],
        summary: 'Read how much an entity stores, of what limit, and what takes most of it',
        params: z.object({ entity: z.string() }),
        response: answers(200, entitySpace),
      },
    },
    async ({ viewer, params }) => {
      const place = await requireEntity(ground, viewer, params.entity);
      const { database } = ground;
      const seen = seenProjects(viewer, place);
      const [stored, projects, collections, deleted] = await Promise.all([
        storedSpace(database, place.tenantId),
        largestProjects(database, seen, MOST_PROJECTS),
        largestCollections(database, seen, MOST_COLLECTIONS),
        deletedSpace(database, place.tenantId),
      ]);
      const told = [deleted, ...projects.flatMap(({ runs, artifacts }) => [runs, artifacts])];
      return { ...stored, limit: files.space ?? null, projects, others: without(stored, told), deleted, collections };
    },
  );
};

/** What is left; counted at one moment and taken away at another, it is never below nothing. */
function without(all: StoredSpace, parts: readonly StoredSpace[]): StoredSpace {
  const left = (of: (space: StoredSpace) => number) =>
    Math.max(
      0,
      parts.reduce((rest, part) => rest - of(part), of(all)),
    );
  return { bytes: left(({ bytes }) => bytes), files: left(({ files }) => files) };
}
