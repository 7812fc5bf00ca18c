import { observations } from '../engine/observations.ts';
import { parseRow } from '../model/history-row.ts';
import type { Queryable } from './database.ts';
import { blocksBefore, type LineBlock } from './history-chunks.ts';
import type { Stream } from './history-writes.ts';
import type { RunKey } from './run-heads.ts';

/** Observations of one metric. */
export interface NewestValues {
  /** The newest last, in the order in which they were observed: a line may hold a metric more than once. */
  readonly values: readonly number[];
  /** Whether these are all there are; when not, there may be older ones. */
  readonly complete: boolean;
}

const CHUNKS_AT_ONCE = 64;

/**
 * The newest observations (numbers but NaN: automations, section 2.5) of metrics before a line, for the windows of
 * a run. Call it under the run's lock, so that no line is missed.
 *
 * @param beforeLine our number of the first line that does not count
 * @param counts how many of each metric are wanted; never more are returned
 */
export async function newestValues(
  tx: Queryable,
  key: RunKey,
  stream: Stream,
  metrics: readonly string[],
  beforeLine: number,
  counts: ReadonlyMap<string, number>,
): Promise<Map<string, NewestValues>> {
  const found = new Newest(metrics, counts);
  let before = beforeLine;
  while (before > 0 && found.lacking) {
    const blocks = await blocksBefore(tx, key, stream, before, CHUNKS_AT_ONCE);
    for (const block of blocks) found.addLines(block, before);
    before = blocks.at(-1)?.firstLine ?? 0;
  }
  return found.answer(before === 0);
}

class Newest {
  readonly #newestFirst: ReadonlyMap<string, number[]>;
  readonly #counts: ReadonlyMap<string, number>;

  constructor(metrics: readonly string[], counts: ReadonlyMap<string, number>) {
    this.#newestFirst = new Map(metrics.map((metric) => [metric, []]));
    this.#counts = counts;
  }

  get lacking(): boolean {
    return [...this.#newestFirst].some(([metric, values]) => values.length < this.#count(metric));
  }

  addLines({ firstLine, lines }: LineBlock, before: number): void {
    for (const text of lines.slice(0, Math.max(0, before - firstLine)).toReversed()) {
      const line = parseRow(text);
      if (line === undefined) continue;
      const values: [string, number][] = [];
      observations(
        line,
        (name) => this.#newestFirst.has(name),
        (name, value) => values.push([name, value]),
      );
      for (const [name, value] of values.toReversed()) this.#newestFirst.get(name)?.push(value);
    }
  }

  answer(reachedStart: boolean): Map<string, NewestValues> {
    return new Map(
      [...this.#newestFirst].map(([metric, found]) => {
        const count = this.#count(metric);
        return [
          metric,
          { values: found.slice(0, count).toReversed(), complete: reachedStart && found.length <= count },
        ];
      }),
    );
  }

  #count(metric: string): number {
    return this.#counts.get(metric) ?? 0;
  }
}
