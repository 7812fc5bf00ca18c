import { createAutomation } from '../test/support/automation.ts';
import { openScene } from '../test/support/scene.ts';
import { metric } from '../test/support/wire-events.ts';
import type { Bench } from './bench.ts';
import { copyAutomation } from './copy-automation.ts';
import { cpuTimeOf } from './cpu-time.ts';
import { round, say } from './report.ts';
import { residentMiB } from './resident.ts';
import { startedServer } from './started-server.ts';

/** Resident memory of a server that knows many automations, and what it takes to read them. */
export async function measureRulebookMemory(bench: Bench, automations: number): Promise<void> {
  const server = await startedServer(bench);
  const scene = await openScene(server, bench.receiver);
  const place = { server, key: scene.person.key, entity: scene.team, projectId: scene.projectId };
  const { id } = await createAutomation(place, await scene.webhook(), metric('metric_0', '$gt', 1), { name: 'watch' });
  const run = await scene.run();
  await run.log({ metric_0: 0 });
  const atRest = residentMiB(server.pid);
  const naming = { original: 'metric_0', copies: automations - 1, metric: (copy: number) => `other_${copy}` };
  await copyAutomation(server.databaseUrl, id, naming);
  const before = cpuTimeOf(server.pid);
  await run.log({ metric_0: 0 });
  const took = cpuTimeOf(server.pid) - before;
  const known = residentMiB(server.pid);
  await server.dispose();
  say(`resident with ${round(automations)} automations`, `${round(known)} MiB`, {
    note: `${round(atRest)} MiB with one; ${round(took)} ms of CPU to read them`,
  });
}
