import type { ArtifactKey } from './artifacts.ts';
import type { Queryable } from './database.ts';

/** A file of a committed version, or a reference to a place outside. */
export interface ArtifactFile extends ArtifactKey {
  /** In the version, with `/`. */
  readonly path: string;
  /** As the manifest has it: base64 MD5 for files, anything for references. */
  readonly digest: string;
  /** Bytes. */
  readonly size: number;
  /** Where a reference leads to. */
  readonly ref: string | null;
  /** The version whose upload stored the bytes. */
  readonly birthArtifactId: ArtifactKey['artifactId'] | null;
}

export interface ArtifactFileSet extends ArtifactKey {
  /** Only these paths; `undefined` for all. */
  readonly names: readonly string[] | undefined;
}

export interface ArtifactFilePage extends ArtifactFileSet {
  /** The last path of the page before. */
  readonly after: string | undefined;
  readonly limit: number;
}

const CHOSEN = `tenant_id = $1::bigint and artifact_id = $2::bigint and ($3::text[] is null or path = any($3::text[]))`;

/** Files of a version in the order of their paths, by code point. */
export function listArtifactFiles(database: Queryable, page: ArtifactFilePage): Promise<ArtifactFile[]> {
  return database.query<ArtifactFile>(
    `select tenant_id as "tenantId", artifact_id as "artifactId", path, digest, size::float8 as size, ref,
       birth_artifact_id as "birthArtifactId"
      from artifact_file
      where ${CHOSEN} and ($4::text is null or path collate "C" > $4::text)
      order by path collate "C" limit $5::int`,
    [page.tenantId, page.artifactId, page.names ?? null, page.after ?? null, page.limit],
  );
}

/** How many files a version has. */
export async function countArtifactFiles(database: Queryable, set: ArtifactFileSet): Promise<number> {
  const [row] = await database.query<{ count: number }>(
    `select count(*)::float8 as count from artifact_file where ${CHOSEN}`,
    [set.tenantId, set.artifactId, set.names ?? null],
  );
  return row?.count ?? 0;
}
