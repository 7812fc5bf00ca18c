import type { BlobKey } from '../model/blob-key.ts';
import type { TenantId } from '../model/ids.ts';
import type { Database, Queryable, Transaction } from './database.ts';

/** The tables whose rows name content. */
export const NAMING = ['run_file', 'artifact_manifest', 'artifact_blob'] as const;
export type Naming = (typeof NAMING)[number];

/** Content that a row names. */
export interface NamedContent {
  readonly tenantId: TenantId;
  readonly blob: BlobKey;
  readonly size: number;
  /** Base64; `null` where the row does not know it. */
  readonly md5: string | null;
  /** The key of the row, for the walk. */
  readonly at: readonly string[];
}

interface Walk {
  readonly from: string;
  readonly md5: string;
  /** The primary key, with its types. */
  readonly key: readonly (readonly [column: string, type: 'bigint' | 'text'])[];
}

const WALKS: Readonly<Record<Naming, Walk>> = {
  run_file: {
    from: 'run_file n',
    md5: 'n.md5',
    key: [
      ['tenant_id', 'bigint'],
      ['run_id', 'bigint'],
      ['name', 'text'],
    ],
  },
  artifact_manifest: {
    from: 'artifact_manifest n',
    md5: 'n.digest',
    key: [
      ['tenant_id', 'bigint'],
      ['manifest_id', 'bigint'],
    ],
  },
  artifact_blob: {
    // of other algorithms a digest says nothing of the bytes
    from: `artifact_blob n left join artifact a on a.tenant_id = n.tenant_id and a.artifact_id = n.birth_artifact_id`,
    md5: `case when a.digest_algorithm = 'MANIFEST_MD5' then n.digest end`,
    key: [
      ['tenant_id', 'bigint'],
      ['collection_id', 'bigint'],
      ['digest', 'text'],
      ['birth_artifact_id', 'bigint'],
    ],
  },
};

/** Content that the rows of a table name, in the order of their keys. @param after the last row of the page before */
export async function namedContent(
  database: Queryable,
  naming: Naming,
  after: readonly string[] | undefined,
  limit: number,
): Promise<NamedContent[]> {
  const { from, md5, key } = WALKS[naming];
  const columns = key.map(([column]) => `n.${column}`).join(', ');
  const begin = key.map(([, type]) => (type === 'bigint' ? '0' : ''));
  return database.query<NamedContent>(
    `select n.tenant_id as "tenantId", n.blob, n.size::float8 as size, ${md5} as md5,
       array[${key.map(([column]) => `n.${column}::text`).join(', ')}] as at
      from ${from}
      where (${columns}) > (${parametersOf(naming)}) and n.blob is not null
      order by ${columns} limit $${key.length + 1}::int`,
    [...(after ?? begin), limit],
  );
}

/**
 * Whether content is needed as it is, also while it is being taken away by somebody else: then it is waited for.
 *
 * @param content as {@link namedContent} found it a while ago
 */
export async function isContentNeeded(tx: Transaction, naming: Naming, content: NamedContent): Promise<boolean> {
  const { tenantId, blob, at } = content;
  const unclaimed = await tx.query(
    'select from unclaimed_blob where tenant_id = $1::bigint and blob = $2::text for update',
    [tenantId, blob],
  );
  if (unclaimed.length > 0) return true;
  const { key } = WALKS[naming];
  const named = await tx.query(
    `select from ${naming} n
      where (${key.map(([column]) => `n.${column}`).join(', ')}) = (${parametersOf(naming)})
        and n.blob = $${key.length + 1}::text`,
    [...at, blob],
  );
  return named.length > 0;
}

/** How much content rows name. */
export async function countContent(database: Queryable): Promise<{ readonly files: number; readonly bytes: number }> {
  const parts = NAMING.map((naming) => `select size from ${naming} where blob is not null`);
  const [row] = await database.query<{ files: number; bytes: number }>(
    `select count(*)::float8 as files, coalesce(sum(size), 0)::float8 as bytes from (${parts.join(' union all ')}) n`,
  );
  return row ?? { files: 0, bytes: 0 };
}

/** Any fixed number: of the processes that move content one works at a time. */
const LOCK = 7_291_346_003;

/**
 * Works while no other process does the same on this database.
 *
 * @param work is told how to ask whether it is still alone; that throws when the database has gone
 * @returns `undefined` when another is at it
 */
export function movingAlone<T>(
  database: Database,
  work: (expectAlone: () => Promise<void>) => Promise<T>,
): Promise<T | undefined> {
  return database.transaction(async (tx) => {
    const [row] = await tx.query<{ alone: boolean }>('select pg_try_advisory_xact_lock($1) as alone', [LOCK]);
    if (row?.alone !== true) return undefined;
    return work(async () => {
      await tx.query('select 1');
    });
  });
}

function parametersOf(naming: Naming): string {
  return WALKS[naming].key.map(([, type], index) => `$${index + 1}::${type}`).join(', ');
}
