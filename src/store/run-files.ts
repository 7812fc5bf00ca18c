import type { BlobKey } from '../model/blob-key.ts';
import type { Instant } from '../model/clock.ts';
import type { FileId, ProjectId, RunId, TenantId } from '../model/ids.ts';
import type { Queryable, Transaction } from './database.ts';
import type { RunKey } from './run-heads.ts';
import { releaseContent, releasing, type UnclaimedBlob } from './unclaimed-blobs.ts';

/** A file that a run uploaded, newest content. */
export interface RunFile extends RunKey {
  readonly fileId: FileId;
  /** Run-relative, as the client sent it. */
  readonly name: string;
  /** Bytes. */
  readonly size: number;
  /** Base64. */
  readonly md5: string;
  /** Key of the content. */
  readonly blob: string;
  readonly updatedAt: Instant;
}

const COLUMNS = `tenant_id as "tenantId", run_id as "runId", file_id as "fileId", name, size::float8 as size, md5, blob,
  updated_at as "updatedAt"`;

export interface RunFileSet extends RunKey {
  /** Only these; `undefined` for all. */
  readonly names: readonly string[] | undefined;
  /** `LIKE` pattern, with `%` and `_`. */
  readonly pattern: string | undefined;
}

export interface RunFilePage extends RunFileSet {
  /** Name of the last file of the page before. */
  readonly after: string | undefined;
  readonly limit: number;
}

const CHOSEN = `tenant_id = $1::bigint and run_id = $2::bigint and uploaded_at is not null
       and ($3::text[] is null or name = any($3::text[]))
       and ($4::text is null or name like $4::text)`;

/** Files of a run in the order of their names, by code point. */
export function listRunFiles(database: Queryable, page: RunFilePage): Promise<RunFile[]> {
  return database.query<RunFile>(
    `select ${COLUMNS} from run_file
     where ${CHOSEN}
       and ($5::text is null or name collate "C" > $5::text)
     order by name collate "C" limit $6::int`,
    [page.tenantId, page.runId, page.names ?? null, page.pattern ?? null, page.after ?? null, page.limit],
  );
}

/** How many files of a run there are. */
export async function countRunFiles(database: Queryable, set: RunFileSet): Promise<number> {
  const [row] = await database.query<{ count: number }>(
    `select count(*)::float8 as count from run_file where ${CHOSEN}`,
    [set.tenantId, set.runId, set.names ?? null, set.pattern ?? null],
  );
  return row?.count ?? 0;
}

export async function runFileByName(database: Queryable, key: RunKey, name: string): Promise<RunFile | undefined> {
  const [file] = await listRunFiles(database, {
    ...key,
    names: [name],
    pattern: undefined,
    after: undefined,
    limit: 1,
  });
  return file;
}

export interface NewContent extends RunKey {
  readonly name: string;
  /** Used when the run has no file of that name. */
  readonly fileId: FileId;
  readonly size: number;
  readonly md5: string;
  readonly blob: string;
  readonly now: Instant;
}

/**
 * Gives a file new content; of several at once, the one that commits last counts.
 *
 * @returns the key of the content it had before, which is released; `undefined` when it had none
 */
export async function replaceContent(tx: Transaction, content: NewContent): Promise<BlobKey | undefined> {
  const { tenantId, runId, name, fileId, size, md5, blob } = content;
  const now = new Date(content.now);
  const [, [row]] = await Promise.all([
    tx.execute(
      `insert into run_file (tenant_id, run_id, name, file_id, updated_at)
       values ($1::bigint, $2::bigint, $3::text, $4::bigint, $5::timestamptz) on conflict do nothing`,
      [tenantId, runId, name, fileId, now],
    ),
    // the row is locked first, in a statement of its own: of two writers the second sees the first one's content
    tx.query<{ blob: BlobKey | null; size: number }>(
      `select blob, size::float8 as size from run_file where tenant_id = $1::bigint and run_id = $2::bigint and name = $3::text for update`,
      [tenantId, runId, name],
    ),
    tx.execute(
      `update run_file set size = $4::bigint, md5 = $5::text, blob = $6::text, uploaded_at = $7::timestamptz,
         updated_at = $7::timestamptz
       where tenant_id = $1::bigint and run_id = $2::bigint and name = $3::text`,
      [tenantId, runId, name, size, md5, blob, now],
    ),
  ]);
  const replaced = row?.blob ?? undefined;
  if (replaced !== undefined)
    await releaseContent(tx, { tenantId, blob: replaced, size: row?.size ?? 0, owner: { kind: 'run', id: runId } });
  return replaced;
}

/** Which of these names the run has no content for. */
export async function missingFiles(database: Queryable, key: RunKey, names: readonly string[]): Promise<string[]> {
  const rows = await database.query<{ name: string }>(
    `select wanted.name from unnest($3::text[]) as wanted (name)
     where not exists (
       select from run_file f
       where f.tenant_id = $1::bigint and f.run_id = $2::bigint and f.name = wanted.name and f.uploaded_at is not null)`,
    [key.tenantId, key.runId, names],
  );
  return rows.map((row) => row.name);
}

/** A file and the project that its run belongs to. */
export interface FileOwner {
  readonly fileId: FileId;
  readonly runId: RunId;
  readonly projectId: ProjectId;
  readonly fileName: string;
  readonly runName: string;
}

/** Where files of a tenant belong; those of deleted runs are missing. */
export function ownersOfFiles(
  database: Queryable,
  tenantId: TenantId,
  fileIds: readonly FileId[],
): Promise<FileOwner[]> {
  return database.query<FileOwner>(
    `select f.file_id as "fileId", f.run_id as "runId", r.project_id as "projectId", f.name as "fileName",
       r.name as "runName"
     from run_file f join run r on r.tenant_id = f.tenant_id and r.run_id = f.run_id
     where f.tenant_id = $1::bigint and f.file_id = any($2::bigint[]) and r.deleted_at is null`,
    [tenantId, fileIds],
  );
}

/** Removes files and releases their contents. @returns what they were */
export async function removeFiles(
  database: Queryable,
  tenantId: TenantId,
  fileIds: readonly FileId[],
): Promise<UnclaimedBlob[]> {
  return database.query<UnclaimedBlob>(
    releasing('delete from run_file where tenant_id = $1::bigint and file_id = any($2::bigint[])', 'run'),
    [tenantId, fileIds],
  );
}
