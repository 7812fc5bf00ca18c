import type { Instant } from '../model/clock.ts';
import type { Queryable } from './database.ts';
import type { RunKey } from './run-heads.ts';

/** A file of a run, or a folder with all that lies in it. */
export interface FolderEntry {
  readonly kind: 'file' | 'folder';
  /** From the folder that is listed; that of a folder ends in a slash. */
  readonly name: string;
  readonly files: number;
  /** Bytes. */
  readonly size: number;
  readonly updatedAt: Instant;
}

export interface FolderPage extends RunKey {
  /** Empty, or ending in a slash. */
  readonly folder: string;
  /** Name of the last entry of the page before. */
  readonly after: string | undefined;
  readonly limit: number;
}

/** What lies directly in a folder of a run, in the order of the names by code point. */
export function listRunFolder(database: Queryable, page: FolderPage): Promise<FolderEntry[]> {
  return database.query<FolderEntry>(
    `select case when name like '%/' then 'folder' else 'file' end as kind, name, count(*)::float8 as files,
       sum(size)::float8 as size, max(updated_at) as "updatedAt"
     from (
       select substring(rest from '^[^/]*/?') as name, size, updated_at from (
         select substring(name from length($3::text) + 1) as rest, size, updated_at from run_file
         where tenant_id = $1::bigint and run_id = $2::bigint and uploaded_at is not null
           and starts_with(name, $3::text)
       ) below
     ) entries
     where $4::text is null or name collate "C" > $4::text
     group by name order by name collate "C" limit $5::int`,
    [page.tenantId, page.runId, page.folder, page.after ?? null, page.limit],
  );
}

/** All files of a run whose names hold a text, in any case, in the order of their names. */
export function searchRunFiles(
  database: Queryable,
  { tenantId, runId, text, after, limit }: Omit<FolderPage, 'folder'> & { readonly text: string },
): Promise<FolderEntry[]> {
  return database.query<FolderEntry>(
    `select 'file' as kind, name, 1::float8 as files, size::float8 as size, updated_at as "updatedAt" from run_file
     where tenant_id = $1::bigint and run_id = $2::bigint and uploaded_at is not null
       and position(lower($3::text) in lower(name)) > 0 and ($4::text is null or name collate "C" > $4::text)
     order by name collate "C" limit $5::int`,
    [tenantId, runId, text, after ?? null, limit],
  );
}

/** How many files a run has, and how large they are together. */
export async function sizeOfRunFiles(
  database: Queryable,
  { tenantId, runId }: RunKey,
): Promise<{ files: number; size: number }> {
  const [row] = await database.query<{ files: number; size: number }>(
    `select count(*)::float8 as files, coalesce(sum(size), 0)::float8 as size from run_file
     where tenant_id = $1::bigint and run_id = $2::bigint and uploaded_at is not null`,
    [tenantId, runId],
  );
  return row ?? { files: 0, size: 0 };
}
