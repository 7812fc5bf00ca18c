import { z } from 'zod';
import { notFound } from '../../model/error.ts';
import { type FolderEntry, listFolder, searchFiles } from '../../store/artifact-folders.ts';
import { type Artifact, artifactById } from '../../store/artifacts.ts';
import type { NamedBlob, RestResource } from './app.ts';
import { ofVersion } from './collection-of.ts';
import { versionAt } from './found-version.ts';
import { cutPage, decodeCursor, pageOf, pageQuery } from './page.ts';
import { answers } from './schemas.ts';

const LONGEST_PATH = 4_096;

const filesQuery = z.strictObject({
  ...pageQuery.shape,
  folder: z.string().max(LONGEST_PATH).default('').describe('`data/train`; empty for the top'),
  search: z
    .string()
    .max(200)
    .optional()
    .describe('part of the path, in any case: lists the files of all folders that have it instead of a folder'),
});

const folder = z
  .object({
    kind: z.literal('folder'),
    name: z.string(),
    path: z.string(),
    files: z.int().describe('how many it holds, however deep'),
    size: z.number().describe('bytes of all of them'),
  })
  .meta({ id: 'ArtifactFolder' });

const file = z
  .object({
    kind: z.literal('file'),
    name: z.string(),
    path: z.string(),
    size: z.number().describe('bytes'),
    digest: z.string(),
    ref: z.string().nullable().describe('where a reference leads to, outside'),
    url: z
      .string()
      .nullable()
      .describe(
        'where this server answers with its bytes, below its own address, for twelve hours; null of a reference',
      ),
  })
  .meta({ id: 'ArtifactFile' });

/** Files of artifact versions, folder by folder. */
export const versionFiles: RestResource = (app, { ground, artifactFilePath }) => {
  app.get(
    '/entities/:entity/projects/:project/artifacts/:collection/versions/:version/files',
    {
      schema: {
        tags: ['artifacts'],
        summary: 'List a folder of an artifact version, folders first, or look for files in all of them',
        params: ofVersion,
        querystring: filesQuery,
        response: answers(200, pageOf(z.discriminatedUnion('kind', [folder, file]))),
      },
    },
    async ({ viewer, params, query: { limit, cursor, folder: path, search } }) => {
      const { key } = await versionAt(ground, viewer, params);
      const artifact = await artifactById(ground.database, key);
      if (artifact === undefined) throw notFound(`version '${params.collection}:${params.version}' was deleted`);
      const after = decodeCursor(cursor, z.tuple([z.enum(['folder', 'file']), z.string()]));
      const [kind, name] = after ?? [];
      const rows =
        search === undefined || search === ''
          ? await listFolder(ground.database, {
              ...key,
              prefix: path === '' ? '' : `${path.replace(/\/+$/, '')}/`,
              after: kind === undefined || name === undefined ? undefined : { isFile: kind === 'file', name },
              limit: limit + 1,
            })
          : await searchFiles(ground.database, { ...key, text: search, after: name, limit: limit + 1 });
      const page = cutPage(rows, limit, (row) => [row.isFile ? 'file' : 'folder', row.name]);
      return { ...page, items: page.items.map((entry) => toEntry(entry, artifact, artifactFilePath)) };
    },
  );
};

function toEntry(
  entry: FolderEntry,
  { tenantId, collectionId, artifactId }: Artifact,
  pathOf: (file: NamedBlob) => string,
): z.output<typeof folder> | z.output<typeof file> {
  const { name, path, size, digest, ref, birthArtifactId } = entry;
  if (!entry.isFile) return { kind: 'folder', name, path, files: entry.files, size };
  const blob = { tenantId, collectionId, digest, birthArtifactId: birthArtifactId ?? artifactId };
  return { kind: 'file', name, path, size, digest, ref, url: ref === null ? pathOf({ ...blob, name: path }) : null };
}
