import type { Automation } from '../test/support/automation.ts';
import type { Scene } from '../test/support/scene.ts';
import { metric } from '../test/support/wire-events.ts';

/** Each webhook takes 20 requests a second, so that samples in a row must go to different ones. */
const WEBHOOKS = 20;

/** Milliseconds from a chunk's 2xx to the arrival of its webhook, for so many firings one after the other. */
export type DelayOf = (samples: number) => Promise<number[]>;

export async function prepareDelay(scene: Scene): Promise<DelayOf> {
  const automations = await Promise.all(
    Array.from({ length: WEBHOOKS }, (_, at) => scene.automation(metric(`signal_${at}`, '$gt', 0))),
  );
  return async (samples) => {
    const delays: number[] = [];
    for (let at = 0; at < samples; at += 1) delays.push(await sample(scene, automations, at % WEBHOOKS));
    return delays;
  };
}

async function sample(scene: Scene, automations: readonly Automation[], at: number): Promise<number> {
  const run = await scene.run();
  const arrival = automations[at]?.inbox.next();
  await run.log({ [`signal_${at}`]: 1 });
  const accepted = performance.now();
  const request = await arrival;
  return (request?.at ?? Number.NaN) - accepted;
}
