import type { ArtifactFile } from './artifact-file-reads.ts';
import type { ArtifactKey } from './artifacts.ts';
import type { Queryable } from './database.ts';

/** Something that lies directly in a folder of a version: a folder, or a file. */
export interface FolderEntry extends Omit<ArtifactFile, 'tenantId' | 'artifactId'> {
  /** The part of its path below the folder. */
  readonly name: string;
  readonly isFile: boolean;
  /** Files that it holds, however deep; 1 of a file itself. */
  readonly files: number;
}

export interface FolderPage extends ArtifactKey {
  /** What every path in the folder begins with: empty, or ends with `/`. */
  readonly prefix: string;
  /** The last entry of the page before. */
  readonly after: Pick<FolderEntry, 'isFile' | 'name'> | undefined;
  readonly limit: number;
}

/** What lies directly in a folder of a version: folders first, each by name. Of a folder, the size is that of all in it. */
export function listFolder(database: Queryable, page: FolderPage): Promise<FolderEntry[]> {
  return database.query<FolderEntry>(
    `with below as (
       select substr(path, length($3::text) + 1) as rest, digest, size, ref, birth_artifact_id from artifact_file
       where tenant_id = $1::bigint and artifact_id = $2::bigint and starts_with(path, $3::text)
     ), entry as (
       select split_part(rest, '/', 1) collate "C" as name, strpos(rest, '/') = 0 as is_file,
         min(digest) as digest, sum(size) as size, min(ref) as ref, min(birth_artifact_id) as birth, count(*) as files
       from below group by 1, 2
     )
     select name, is_file as "isFile", $3::text || name as path, digest, size::float8 as size,
       case when is_file then ref end as ref, case when is_file then birth end as "birthArtifactId",
       files::float8 as files
     from entry where $4::boolean is null or (is_file, name) > ($4::boolean, $5::text collate "C")
     order by is_file, name limit $6::int`,
    [page.tenantId, page.artifactId, page.prefix, page.after?.isFile ?? null, page.after?.name ?? null, page.limit],
  );
}

export interface FileSearch extends ArtifactKey {
  /** Part of the path, in any case. */
  readonly text: string;
  /** The last path of the page before. */
  readonly after: string | undefined;
  readonly limit: number;
}

/** The files of a version whose paths hold a text, by path; each is called by its whole path. */
export function searchFiles(database: Queryable, page: FileSearch): Promise<FolderEntry[]> {
  return database.query<FolderEntry>(
    `select path as name, true as "isFile", path, digest, size::float8 as size, ref,
       birth_artifact_id as "birthArtifactId", 1::float8 as files
     from artifact_file
     where tenant_id = $1::bigint and artifact_id = $2::bigint and strpos(lower(path), lower($3::text)) > 0
       and ($4::text is null or path collate "C" > $4::text)
     order by path collate "C" limit $5::int`,
    [page.tenantId, page.artifactId, page.text, page.after ?? null, page.limit],
  );
}
