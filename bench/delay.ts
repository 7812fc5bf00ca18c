import type { Automation } from '../test/support/automation.ts';
import type { Scene } from '../test/support/scene.ts';
import { metric } from '../test/support/wire-events.ts';
import type { Bench } from './bench.ts';
import { METRICS } from './chunk.ts';
import { percentile } from './percentile.ts';
import { atMost, ms, round, say, title } from './report.ts';
import { startedServer } from './started-server.ts';
import { watchedProject } from './watched-project.ts';

/** Firings go round these, so that no webhook's own limit is met: 20 requests a second each, unless raised. */
const WEBHOOKS = 20;
const SAMPLES = 200;
const FULL_LOAD = 3;
const SHARE = 0.1;

const AIM = { p50: 5, p99: 25 };

/**
 * AUT-095: from the 2xx of a chunk to the first byte of its webhook, at rest and while other runs of the project send a
 * tenth of what the server was just seen to take, at even times whatever it answers.
 */
export async function measureDelay(bench: Bench): Promise<void> {
  const server = await startedServer(bench);
  const { scene, order } = await watchedProject(server, bench, METRICS);
  const automations = await Promise.all(
    Array.from({ length: WEBHOOKS }, (_, at) => scene.automation(metric(`signal_${at}`, '$gt', 0))),
  );
  await delays(scene, automations, WEBHOOKS);
  const atRest = await delays(scene, automations, SAMPLES);
  const { perSecond: full } = await bench.generator.make(order(FULL_LOAD));
  const load = loadUntil(() => bench.generator.make({ ...order(1), perSecond: full * SHARE }));
  const underLoad = await delays(scene, automations, SAMPLES);
  await load.stop();
  await server.dispose();

  title(`delay: from the 2xx of a chunk to the first byte of its webhook, ${SAMPLES} firings each`);
  sayDelays('at rest', atRest);
  sayDelays(`at ${round(full * SHARE)} requests a second, a tenth of full load`, underLoad);
}

function sayDelays(when: string, samples: readonly number[]): void {
  const [p50, p99] = [percentile(samples, 50), percentile(samples, 99)];
  say(`${when}: p50`, ms(p50), { aim: atMost(p50, AIM.p50, ms) });
  say(`${when}: p99`, ms(p99), { aim: atMost(p99, AIM.p99, ms) });
}

/** Makes a load again and again until it is told to stop. */
function loadUntil(make: () => Promise<unknown>): { stop(): Promise<void> } {
  let stopping = false;
  const ended = (async () => {
    while (!stopping) await make();
  })();
  return {
    stop: () => {
      stopping = true;
      return ended;
    },
  };
}

/** Milliseconds of so many firings one after the other; each on a run of its own, since a run fires once a day. */
async function delays(scene: Scene, automations: readonly Automation[], samples: number): Promise<number[]> {
  const found: number[] = [];
  for (let at = 0; at < samples; at += 1) {
    const automation = automations[at % automations.length];
    if (automation !== undefined) found.push(await delayOf(scene, automation, at % automations.length));
  }
  return found;
}

async function delayOf(scene: Scene, { inbox }: Automation, signal: number): Promise<number> {
  const run = await scene.run();
  const arrival = inbox.next();
  await run.log({ [`signal_${signal}`]: 1 });
  const accepted = performance.now();
  return (await arrival).at - accepted;
}
