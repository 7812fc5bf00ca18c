import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import type { Queryable } from '../../src/store/database.ts';
import type { ObjectStore } from './object-store.ts';

/** A database and the places with what its rows name. */
export interface Stored {
  readonly database: Queryable;
  readonly folder: string;
  readonly bucket?: ObjectStore | undefined;
}

interface Named {
  readonly blob: string;
  /** Base64 MD5; `null` where it is not known. */
  readonly md5: string | null;
}

/** The keys of what lies on disk, what is not finished too, in order. */
export function keysOnDisk(folder: string): string[] {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const keys = files
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split('/'))
    .map(([first = '', last = '', id]) =>
      first === 'incoming' ? last.replace('-', '/').replace('.parts', '') : `${first}/${id}`,
    );
  // parts of one file have one key
  return [...new Set(keys)].sort();
}

/** The keys of what lies in both places, what is not finished too, in order: of what lies in both, twice. */
async function keysIn({ folder, bucket }: Stored): Promise<string[]> {
  if (bucket === undefined) return keysOnDisk(folder);
  return [...keysOnDisk(folder), ...(await bucket.keys()), ...(await bucket.unfinished())].sort();
}

async function bytesOf({ folder, bucket }: Stored, blob: string): Promise<Buffer> {
  const [tenant = '', id = ''] = blob.split('/');
  return (await bucket?.read(blob)) ?? readFileSync(join(folder, tenant, id.slice(-2).padStart(2, '0'), id));
}

const NAMED = `select blob, md5 from run_file where blob is not null
  union all select blob, case when a.digest_algorithm = 'MANIFEST_MD5' then b.digest end from artifact_blob b
    left join artifact a on a.tenant_id = b.tenant_id and a.artifact_id = b.birth_artifact_id where b.blob is not null
  union all select blob, digest from artifact_manifest where blob is not null`;

/**
 * Expects that whatever a row names is there, with the right bytes, and that every committed version has its manifest
 * and the bytes of all its files.
 */
export async function expectWhole(stored: Stored): Promise<void> {
  const { database } = stored;
  for (const { blob, md5 } of await database.query<Named>(NAMED)) {
    const bytes = await bytesOf(stored, blob);
    if (md5 !== null) assert.equal(createHash('md5').update(bytes).digest('base64'), md5, blob);
  }
  await expectNoneTorn(stored);
}

/** Expects that every committed version has rows for its manifest and for the bytes of all its files. */
export async function expectNoneTorn({ database }: Pick<Stored, 'database'>): Promise<void> {
  const torn = await database.query(
    `select a.artifact_id, f.path from artifact a
       left join artifact_file f on f.tenant_id = a.tenant_id and f.artifact_id = a.artifact_id and f.ref is null
       left join artifact_blob b on b.tenant_id = a.tenant_id and b.birth_artifact_id = f.birth_artifact_id
         and b.digest = f.digest and b.size = f.size and b.blob is not null
      where a.state = 'committed' and f.path is not null and b.blob is null
     union all select a.artifact_id, 'manifest' from artifact a
      where a.state = 'committed' and not exists (select from artifact_manifest m
        where m.tenant_id = a.tenant_id and m.artifact_id = a.artifact_id and m.type = 'full' and m.blob is not null)
     union all select a.artifact_id, 'count' from artifact a
      where a.state = 'committed' and a.file_count <> (select count(*) from artifact_file f
        where f.tenant_id = a.tenant_id and f.artifact_id = a.artifact_id)`,
  );
  assert.deepEqual(torn, []);
}

/** Expects that nothing lies on disk but what a row names, or is known to be unclaimed. */
export async function expectKnown(stored: Stored): Promise<void> {
  const { database } = stored;
  // the disk first: what is stored meanwhile is known before it is there
  const onDisk = await keysIn(stored);
  const known = await database.query<{ blob: string }>(`select blob from (${NAMED}) n union all
    select blob from unclaimed_blob`);
  const keys = new Set(known.map(({ blob }) => blob));
  // and once more: what the collector takes away meanwhile goes from the disk before it is forgotten
  const still = new Set(await keysIn(stored));
  assert.deepEqual(
    onDisk.filter((key) => !keys.has(key) && still.has(key)),
    [],
  );
  assert.equal(keys.size, known.length, 'content is named twice');
}

/** Expects that what each entity stores is counted right, as a whole and for each project and collection. */
export async function expectCounted({ database }: Pick<Stored, 'database'>): Promise<void> {
  const wrong = await database.query(
    `with named as (
       select tenant_id, size from run_file where blob is not null
       union all select tenant_id, size from artifact_blob where blob is not null
       union all select tenant_id, size from artifact_manifest where blob is not null),
     there as (select tenant_id, sum(size) as bytes, count(*) as files from named group by tenant_id),
     counted as (select tenant_id, sum(bytes) as bytes, sum(files) as files from (
       select tenant_id, bytes, files from stored_space union all
       select tenant_id, bytes, files from stored_change) c group by tenant_id)
     select tenant_id, there.bytes, there.files, counted.bytes as counted, counted.files as counted_files
       from there full join counted using (tenant_id)
      where coalesce(there.bytes, 0) <> coalesce(counted.bytes, 0)
         or coalesce(there.files, 0) <> coalesce(counted.files, 0)`,
  );
  assert.deepEqual(wrong, []);
  const wrongParts = await database.query(
    `with named as (
       select f.tenant_id, 'run' as kind, r.project_id as holder_id, size from run_file f
         join run r on r.tenant_id = f.tenant_id and r.run_id = f.run_id where blob is not null
       union all select tenant_id, 'collection', collection_id, size from artifact_blob where blob is not null
       union all select m.tenant_id, 'collection', a.collection_id, m.size from artifact_manifest m
         join artifact a on a.tenant_id = m.tenant_id and a.artifact_id = m.artifact_id where blob is not null),
     there as (select tenant_id, kind, holder_id, sum(size) as bytes, count(*) as files from named group by 1, 2, 3),
     counted as (select tenant_id, kind, holder_id, sum(bytes) as bytes, sum(files) as files from (
       select tenant_id, kind, holder_id, bytes, files from stored_part union all
       select tenant_id, kind, holder_id, bytes, files from stored_change) c group by 1, 2, 3)
     select *, there.bytes, counted.bytes as counted from there full join counted using (tenant_id, kind, holder_id)
      where coalesce(there.bytes, 0) <> coalesce(counted.bytes, 0)
         or coalesce(there.files, 0) <> coalesce(counted.files, 0)`,
  );
  assert.deepEqual(wrongParts, []);
}

/** Expects that exactly what rows name lies on disk, and is counted. */
export async function expectTidy(stored: Stored): Promise<void> {
  const { database } = stored;
  await expectCounted({ database });
  const named = await database.query<Named>(NAMED);
  assert.deepEqual(await keysIn(stored), named.map(({ blob }) => blob).sort());
  assert.deepEqual(await database.query('select * from unclaimed_blob'), []);
}
