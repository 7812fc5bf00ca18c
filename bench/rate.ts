import { percentile } from './percentile.ts';

export interface Rate {
  readonly perSecond: number;
  /** Of one act, in milliseconds. */
  readonly p50: number;
  readonly p99: number;
}

/** What was done in some time. */
export interface Done {
  readonly seconds: number;
  /** Of each act, in milliseconds. */
  readonly durations: readonly number[];
}

/** Repeats `act` for some time, as often at once as there are workers; each worker waits for its own act. */
export async function rateOf(seconds: number, workers: number, act: (worker: number) => Promise<void>): Promise<Rate> {
  return rateOfAll([await repeat(seconds, workers, act)]);
}

/** The same, told as what was done, to be joined with more of it. */
export async function repeat(seconds: number, workers: number, act: (worker: number) => Promise<void>): Promise<Done> {
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
  return { seconds: (performance.now() - started) / 1000, durations };
}

export function rateOfAll(turns: readonly Done[]): Rate {
  const durations = turns.flatMap((turn) => turn.durations);
  const seconds = turns.reduce((sum, turn) => sum + turn.seconds, 0);
  return { perSecond: durations.length / seconds, p50: percentile(durations, 50), p99: percentile(durations, 99) };
}
