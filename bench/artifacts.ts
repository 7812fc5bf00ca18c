import { randomBytes } from 'node:crypto';
import { type Logging, logging, logVersion } from '../test/support/logged-version.ts';
import { openScene, type Scene } from '../test/support/scene.ts';
import { artifactEvent } from '../test/support/wire-events.ts';
import type { Bench } from './bench.ts';
import { type Rate, rateOf } from './rate.ts';
import { ms, round, say, title } from './report.ts';
import { startedServer } from './started-server.ts';

const WORKERS = 8;
const WARM_UP = 1;
/** Of the one file of each version, in bytes. */
const SMALL = 1_024;

const MOVE_ALIAS = `mutation AddAliases($input: AddAliasesInput!) { result: addAliases(input: $input) { success } }`;

/** Versions logged by all requests of the client, and alias changes with automations that look at them. */
export async function measureArtifacts(bench: Bench): Promise<void> {
  const server = await startedServer(bench);
  const scene = await openScene(server, bench.receiver);
  const place = logging(scene);
  const versions = await timed(bench.seconds, (worker) => logAnother(place, worker));
  const [unwatched, watched] = await aliasChanges(bench, scene, place);

  title(`artifacts: ${WORKERS} at once; a version is one file of ${SMALL} bytes and its manifest, seven requests`);
  say('versions logged a second', round(versions.perSecond), {
    note: `p50 ${ms(versions.p50)}, p99 ${ms(versions.p99)}`,
  });
  say('alias changes a second, no automation', round(unwatched.perSecond), { note: `p99 ${ms(unwatched.p99)}` });
  say('alias changes a second, ten automations looking', round(watched.perSecond), { note: `p99 ${ms(watched.p99)}` });
  await server.dispose();
}

async function timed(seconds: number, act: (worker: number) => Promise<unknown>): Promise<Rate> {
  const doing = async (worker: number) => void (await act(worker));
  await rateOf(WARM_UP, WORKERS, doing);
  return rateOf(seconds, WORKERS, doing);
}

function logAnother(place: Logging, worker: number): Promise<string> {
  return logVersion(place, { collection: `collection-${worker}`, files: { 'model.bin': randomBytes(SMALL) } });
}

/** Each worker moves one alias to and fro between two versions of its collection: each move is an event. */
async function aliasChanges(bench: Bench, scene: Scene, place: Logging): Promise<readonly [Rate, Rate]> {
  const pairs = await Promise.all(
    Array.from({ length: WORKERS }, async (_, worker) => [
      await logAnother(place, worker),
      await logAnother(place, worker),
    ]),
  );
  const moved = pairs.map(() => 0);
  const move = (worker: number) => {
    moved[worker] = (moved[worker] ?? 0) + 1;
    const artifactID = pairs[worker]?.[(moved[worker] ?? 0) % 2];
    const alias = {
      entityName: scene.team,
      projectName: scene.project,
      artifactCollectionName: `collection-${worker}`,
    };
    return scene.graphql(MOVE_ALIAS, { input: { artifactID, aliases: [{ ...alias, alias: 'candidate' }] } });
  };
  const unwatched = await timed(bench.seconds, move);
  // they are asked about every alias, and none of them fires
  for (let at = 0; at < 10; at += 1) {
    await scene.automation(artifactEvent('ADD_ARTIFACT_ALIAS', { alias: { $regex: `^production-${at}` } }));
  }
  return [unwatched, await timed(bench.seconds, move)];
}
