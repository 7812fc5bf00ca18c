import { createAutomation } from '../test/support/automation.ts';
import { openScene, type Scene } from '../test/support/scene.ts';
import { metric } from '../test/support/wire-events.ts';
import type { Bench } from './bench.ts';
import { METRICS } from './chunk.ts';
import { copyAutomation } from './copy-automation.ts';
import type { Order } from './load/order.ts';
import type { StartedServer } from './started-server.ts';

/** A project of its own organization, with automations and runs that log into it. */
export interface WatchedProject {
  readonly scene: Scene;
  /** A load on its runs, for so many seconds. */
  order(seconds: number): Order;
}

/**
 * Makes a project with so many automations. The first 10 watch a metric each, a mean over 50 values that never
 * crosses its line: every value is evaluated and nothing fires. All others watch metrics that no run here has.
 */
export async function watchedProject(
  server: StartedServer,
  bench: Bench,
  automations: number,
): Promise<WatchedProject> {
  const scene = await openScene(server, bench.receiver);
  await watch(scene, server.databaseUrl, automations);
  const runs = await Promise.all(Array.from({ length: bench.runs }, () => scene.run()));
  const authorization = `Basic ${Buffer.from(`api:${scene.person.key}`).toString('base64')}`;
  const paths = runs.map(({ id }) => `/files/${scene.team}/${scene.project}/${id}/file_stream`);
  const port = Number(new URL(server.url).port);
  return { scene, order: (seconds) => ({ port, authorization, paths, seconds }) };
}

async function watch({ server, person, team, projectId, ...scene }: Scene, url: string, count: number): Promise<void> {
  const place = { server, key: person.key, entity: team, projectId };
  const webhook = await scene.webhook();
  for (let at = 0; at < Math.min(count, METRICS); at += 1) {
    const event = metric(`metric_${at}`, '$gt', 1, { agg: 'AVERAGE', window: 50 });
    const { id } = await createAutomation(place, webhook, event, { name: `watch-${at}` });
    const copies = count - METRICS;
    if (at === 0 && copies > 0)
      await copyAutomation(url, id, { original: 'metric_0', copies, metric: (copy) => `other_${copy}` });
  }
}
