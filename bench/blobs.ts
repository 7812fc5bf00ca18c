import { logging } from '../test/support/logged-version.ts';
import { openScene } from '../test/support/scene.ts';
import { startBareFiles, startBareStore } from './bare-servers.ts';
import type { Bench } from './bench.ts';
import { measureFiles } from './files.ts';
import { measureLargeFile } from './large-file.ts';
import { measureManyVersions } from './many-versions.ts';
import { title } from './report.ts';
import { measureSmallFiles } from './small-files.ts';
import { startedServer } from './started-server.ts';

/** Bytes up and down, in a folder and in an object store, and how the number of versions tells on the next one. */
export async function measureBlobs(bench: Bench): Promise<void> {
  const bare = await startBareFiles();
  await inPlace(bench, bare, 'in a folder', {});
  await inStore(bench, bare, 'through Tripline');
  await inStore(bench, bare, 'straight to it');
  await measureManyVersions(bench);
}

/** In a store of its own each time: what is left of another would take its room in memory. */
async function inStore(bench: Bench, bare: string, way: 'through Tripline' | 'straight to it'): Promise<void> {
  const { url, env, stop } = await startBareStore();
  const direct = way === 'straight to it' ? { TRIPLINE_S3_DIRECT_URL: url } : {};
  await inPlace(bench, bare, `in a bare object store, ${way}`, { ...env, ...direct });
  await stop();
}

async function inPlace(
  bench: Bench,
  bare: string,
  place: string,
  env: Readonly<Record<string, string>>,
): Promise<void> {
  const server = await startedServer({ ...bench, env: { ...bench.env, ...env } });
  const where = logging(await openScene(server, bench.receiver));
  title(`files ${place}`);
  // first, so that its memory is above that of a server at rest
  await measureLargeFile(where, { server, bare, mebibytes: bench.large });
  await measureFiles(where, bare);
  await measureSmallFiles(where, { bare, count: bench.files });
  await server.dispose();
}
