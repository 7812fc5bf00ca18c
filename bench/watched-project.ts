import { createAutomation, type Webhook } from '../test/support/automation.ts';
import { openScene, type Scene } from '../test/support/scene.ts';
import type { Server } from '../test/support/server.ts';
import { metric } from '../test/support/wire-events.ts';
import type { Bench } from './bench.ts';
import { METRICS } from './chunk.ts';
import type { Order } from './load/order.ts';

/** A project of its own organization, with automations and runs that log into it. */
export interface WatchedProject {
  readonly scene: Scene;
  readonly automations: number;
  /** A load on its runs, for so many seconds. */
  order(seconds: number): Order;
}

/** Requests that create automations at the same time. */
const WORKERS = 8;

/**
 * Makes a project with so many automations. The first 10 watch a metric each, a mean over 50 values that never
 * crosses its line: every value is evaluated and nothing fires. All others watch metrics that no run here has.
 */
export async function watchedProject(server: Server, bench: Bench, automations: number): Promise<WatchedProject> {
  const scene = await openScene(server, bench.receiver);
  const webhook = await scene.webhook();
  let made = 0;
  const work = async () => {
    while (made < automations) await watch(scene, webhook, made++);
  };
  await Promise.all(Array.from({ length: WORKERS }, work));
  const runs = await Promise.all(Array.from({ length: bench.runs }, () => scene.run()));
  const authorization = `Basic ${Buffer.from(`api:${scene.person.key}`).toString('base64')}`;
  const paths = runs.map(({ id }) => `/files/${scene.team}/${scene.project}/${id}/file_stream`);
  const port = Number(new URL(server.url).port);
  return { scene, automations, order: (seconds) => ({ port, authorization, paths, seconds }) };
}

async function watch(scene: Scene, webhook: Webhook, at: number): Promise<void> {
  const { server, person, team, projectId } = scene;
  const event = metric(at < METRICS ? `metric_${at}` : `other_${at}`, '$gt', 1, { agg: 'AVERAGE', window: 50 });
  await createAutomation({ server, key: person.key, entity: team, projectId }, webhook, event, { name: `watch-${at}` });
}
