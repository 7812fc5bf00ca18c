import { z } from 'zod';
import { notFound } from '../../model/error.ts';
import { runFileByName } from '../../store/run-files.ts';
import { listRunFolder, searchRunFiles, sizeOfRunFiles } from '../../store/run-folders.ts';
import { deleteRunFiles } from '../../tracking/delete-run-files.ts';
import { errors } from '../errors-schema.ts';
import { sendContent } from '../send-content.ts';
import type { RestResource } from './app.ts';
import { cutPage, decodeCursor, pageOf, pageQuery } from './page.ts';
import { ofRun, requireRun, requireRunToWrite } from './run-of.ts';
import { answers, instant, isoInstant, nothing } from './schemas.ts';

const tags = ['runs'];
const LONGEST = 1_024;

const listQuery = z.strictObject({
  ...pageQuery.shape,
  folder: z.string().max(LONGEST).default('').describe('`media/images`: what lies directly in it; empty for all else'),
  search: z.string().max(200).optional().describe('part of the name, in any case: files of all folders'),
});

const runFile = z
  .object({
    kind: z.enum(['file', 'folder']),
    name: z.string().describe('with its folders'),
    files: z.int().describe('how many lie in the folder'),
    size: z.number().describe('bytes, of a folder those of all its files'),
    updatedAt: instant,
  })
  .meta({ id: 'RunFile' });

const runFiles = z
  .object({ ...pageOf(runFile).shape, total: z.object({ files: z.int(), size: z.number() }).describe('of the run') })
  .meta({ id: 'RunFiles' });

const ofFile = z.strictObject({ name: z.string().min(1).max(LONGEST).describe('with its folders') });

/** Files that runs uploaded. */
export const runFilesResource: RestResource = (app, { ground, files }) => {
  app.get(
    '/entities/:entity/projects/:project/runs/:run/files',
    {
      schema: {
        tags,
        summary: 'List the files of a run, folder by folder, or search them by name',
        params: ofRun,
        querystring: listQuery,
        response: answers(200, runFiles),
      },
    },
    async ({ viewer, params, query: { folder, search, limit, cursor } }) => {
      const { tenantId, runId } = await requireRun(ground, viewer, params);
      const [after] = decodeCursor(cursor, z.tuple([z.string()])) ?? [];
      const within = folder === '' || search !== undefined ? '' : `${folder.replace(/\/+$/, '')}/`;
      const page = { tenantId, runId, after, limit: limit + 1 };
      const [rows, total] = await Promise.all([
        search === undefined
          ? listRunFolder(ground.database, { ...page, folder: within })
          : searchRunFiles(ground.database, { ...page, text: search }),
        sizeOfRunFiles(ground.database, { tenantId, runId }),
      ]);
      const { items, nextCursor } = cutPage(rows, limit, ({ name }) => [name]);
      const shown = items.map((entry) => ({
        ...entry,
        name: within + entry.name.replace(/\/$/, ''),
        updatedAt: isoInstant(entry.updatedAt),
      }));
      return { items: shown, nextCursor, total };
    },
  );

  app.get(
    '/entities/:entity/projects/:project/runs/:run/files/content',
    {
      schema: {
        tags,
        summary: 'Read the bytes of a file of a run, also a range of them',
        description: 'A browser never runs what is in it: types that could hold scripts are only saved.',
        params: ofRun,
        querystring: ofFile,
        response: { 200: z.unknown().describe('the bytes'), '4xx': errors },
      },
    },
    async (request, reply) => {
      const { viewer, params, query } = request;
      const run = await requireRun(ground, viewer, params);
      const file = await runFileByName(ground.database, run, query.name);
      if (file === undefined) throw notFound(`file '${query.name}' not found`);
      return sendContent(request, reply, files.blobs, { ...file, digest: file.md5 });
    },
  );

  app.delete(
    '/entities/:entity/projects/:project/runs/:run/files',
    { schema: { tags, summary: 'Delete a file of a run', params: ofRun, querystring: ofFile, response: nothing } },
    async ({ viewer, params, query }, reply) => {
      const { tenantId, runId } = await requireRunToWrite(ground, viewer, params);
      const file = await runFileByName(ground.database, { tenantId, runId }, query.name);
      if (file === undefined) throw notFound(`file '${query.name}' not found`);
      await deleteRunFiles(files, viewer, tenantId, [file.fileId]);
      return reply.code(204).send(null);
    },
  );
};
