import { percentile } from './percentile.ts';

export interface Rate {
  readonly perSecond: number;
  /** Of one act, in milliseconds. */
  readonly p50: number;
  readonly p99: number;
}

/** Repeats `act` for some time, as often at once as there are workers; each worker waits for its own act. */
export async function rateOf(seconds: number, workers: number, act: (worker: number) => Promise<void>): Promise<Rate> {
  const started = performance.now();
  const end = started + seconds * 1000;
  const durations: number[] = [];
  const work = async (_: unknown, worker: number) => {
    for (let before = performance.now(); before < end; before = performance.now()) {
      await act(worker);
      durations.push(performance.now() - before);
    }
  };
  await Promise.all(Array.from({ length: workers }, work));
  const took = (performance.now() - started) / 1000;
  return { perSecond: durations.length / took, p50: percentile(durations, 50), p99: percentile(durations, 99) };
}
