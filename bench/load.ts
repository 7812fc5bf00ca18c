import type { Scene } from '../test/support/scene.ts';
import { metric } from '../test/support/wire-events.ts';
import { chunkAfter, METRICS, ROWS } from './chunk.ts';
import { type Rate, rateOf } from './rate.ts';

/** Runs that log at the same time; each sends its next chunk when the one before is acknowledged, as clients do. */
export const RUNS = 16;

/** A load that can be repeated on the same runs. */
export type Load = (seconds: number) => Promise<Rate>;

/** Prepares runs whose every metric is watched by an automation that never fires: all values are evaluated. */
export async function prepareLoad(scene: Scene): Promise<Load> {
  for (let at = 0; at < METRICS; at += 1) {
    await scene.automation(metric(`metric_${at}`, '$gt', 1, { agg: 'AVERAGE', window: 50 }));
  }
  const runs = await Promise.all(Array.from({ length: RUNS }, () => scene.run()));
  const rows = runs.map(() => 0);
  return (seconds) =>
    rateOf(seconds, RUNS, async (worker) => {
      const path = `/files/${scene.team}/${scene.project}/${runs[worker]?.id}/file_stream`;
      const sent = rows[worker] ?? 0;
      const answer = await scene.server.call(path, { method: 'POST', key: scene.person.key, body: chunkAfter(sent) });
      if (answer.status !== 200) throw new Error(`a chunk was answered ${answer.status}: ${answer.text}`);
      rows[worker] = sent + ROWS;
    });
}
