import { randomBytes } from 'node:crypto';
import { openDatabase } from '../src/store/database.ts';
import { type Logging, logging, logVersion } from '../test/support/logged-version.ts';
import { openScene } from '../test/support/scene.ts';
import type { Bench } from './bench.ts';
import { type Done, rateOfAll, repeat } from './rate.ts';
import { atLeast, ms, percent, round, say, title } from './report.ts';
import { type StartedServer, startedServer } from './started-server.ts';

const WORKERS = 4;
/** Of the rate at the least number of versions. */
const AIM = 0.9;
const WARM_UP_SECONDS = 2;
const TURNS = 6;

/** Versions logged to one collection that has few or many of them already. */
export async function measureManyVersions(bench: Bench): Promise<void> {
  const server = await startedServer(bench);
  const place = logging(await openScene(server, bench.receiver));
  title(`versions logged to one collection, ${WORKERS} at once`);
  const collections = bench.versions.map((existing) => ({ name: `of-${existing}`, existing, turns: [] as Done[] }));
  for (const { name, existing } of collections) {
    await logOne(place, name);
    await fill(server, name, existing);
  }
  const log = (collection: string, seconds: number) =>
    repeat(seconds, WORKERS, async () => void (await logOne(place, collection)));
  for (const { name } of collections) await log(name, WARM_UP_SECONDS);
  // turn by turn, so that whatever else the machine does meets all alike
  for (let turn = 0; turn < TURNS; turn += 1) {
    for (const { name, turns } of collections) turns.push(await log(name, bench.seconds / TURNS));
  }
  const rates = collections.map(({ existing, turns }) => ({ existing, ...rateOfAll(turns) }));
  const [least] = rates;
  for (const rate of rates) {
    const { existing, perSecond, p50, p99 } = rate;
    const share = perSecond / (least?.perSecond ?? perSecond);
    say(`versions a second, beside ${round(existing)}`, perSecond.toFixed(1), {
      ...(rate === least ? {} : { aim: atLeast(share, AIM, percent) }),
      note: `p50 ${ms(p50)}, p99 ${ms(p99)}`,
    });
  }
  await server.dispose();
}

function logOne(place: Logging, collection: string): Promise<string> {
  return logVersion(place, { collection, files: { 'model.bin': randomBytes(1_024) } });
}

/** Gives a collection so many versions as commits leave them, each with a file of its own. */
export async function fill({ databaseUrl }: StartedServer, collection: string, versions: number): Promise<void> {
  const database = openDatabase({ connection: { connectionString: databaseUrl }, onConnectionError: () => {} });
  const series = `from collection c, generate_series(1, $2::int) n where c.name = $1`;
  // far below the ids that the server makes
  const id = 'c.collection_id % 1000000 * 1000000 + n';
  for (const sql of [
    `insert into artifact (tenant_id, artifact_id, project_id, collection_id, state, digest, digest_algorithm, size,
       file_count, commit_hash, created_at, updated_at, committed_at)
     select c.tenant_id, ${id}, c.project_id, c.collection_id, 'committed', md5(n::text), 'MANIFEST_MD5', 1024, 1,
       md5(n::text), c.created_at, c.created_at, c.created_at ${series}`,
    `insert into artifact_file (tenant_id, artifact_id, path, digest, size, birth_artifact_id)
     select c.tenant_id, ${id}, 'model.bin', md5(n::text), 1024, ${id} ${series}`,
    `insert into artifact_blob (tenant_id, collection_id, digest, birth_artifact_id, size, blob, created_at, wanted_at)
     select c.tenant_id, c.collection_id, md5(n::text), ${id}, 1024, c.tenant_id || '/' || (${id}), c.created_at,
       c.created_at ${series}`,
    `insert into membership (tenant_id, collection_id, version_index, artifact_tenant_id, artifact_id, created_at)
     select c.tenant_id, c.collection_id, c.next_version + n - 1, c.tenant_id, ${id}, c.created_at ${series}`,
    `update collection set next_version = next_version + $2::int, version_count = version_count + $2::int
      where name = $1`,
  ]) {
    await database.execute(sql, [collection, versions]);
  }
  await database.execute('analyze');
  await database.close();
}
