import { z } from 'zod';
import { notFound } from '../../model/error.ts';
import { listArtifactFiles } from '../../store/artifact-file-reads.ts';
import { type FolderEntry, listFolder, searchFiles } from '../../store/artifact-folders.ts';
import { type Artifact, type ArtifactKey, artifactById } from '../../store/artifacts.ts';
import type { Queryable } from '../../store/database.ts';
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
  file: z.string().max(LONGEST_PATH).optional().describe('the path of one file, which is then all that is listed'),
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
    async ({ viewer, params, query }) => {
      const { key } = await versionAt(ground, viewer, params);
      const artifact = await artifactById(ground.database, key);
      if (artifact === undefined) throw notFound(`version '${params.collection}:${params.version}' was deleted`);
      const rows = await entriesOf(ground.database, key, query);
      const page = cutPage(rows, query.limit, (row) => [row.isFile ? 'file' : 'folder', row.name]);
      return { ...page, items: page.items.map((entry) => toEntry(entry, artifact, artifactFilePath)) };
    },
  );
};

/** One more than the limit when there is a next page. */
async function entriesOf(
  database: Queryable,
  key: ArtifactKey,
  { limit, cursor, folder: path, search, file: wanted }: z.output<typeof filesQuery>,
): Promise<readonly FolderEntry[]> {
  const [kind, name] = decodeCursor(cursor, z.tuple([z.enum(['folder', 'file']), z.string()])) ?? [];
  if (wanted !== undefined) return fileNamed(database, key, wanted);
  if (search !== undefined && search !== '') {
    return searchFiles(database, { ...key, text: search, after: name, limit: limit + 1 });
  }
  const prefix = path === '' ? '' : `${path.replace(/\/+$/, '')}/`;
  const after = kind === undefined || name === undefined ? undefined : { isFile: kind === 'file', name };
  return listFolder(database, { ...key, prefix, after, limit: limit + 1 });
}

async function fileNamed(database: Queryable, key: ArtifactKey, path: string): Promise<readonly FolderEntry[]> {
  const found = await listArtifactFiles(database, { ...key, names: [path], after: undefined, limit: 1 });
  return found.map((each) => ({ ...each, name: path.split('/').at(-1) ?? path, isFile: true, files: 1 }));
}

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
