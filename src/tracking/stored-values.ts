import { observations } from '../engine/observations.ts';
import { parseRow } from '../model/history-row.ts';
import type { Queryable } from '../store/database.ts';
import { blocksBefore } from '../store/history-chunks.ts';
import type { Stream } from '../store/history-writes.ts';
import type { RunKey } from '../store/run-heads.ts';

const CHUNKS_AT_ONCE = 64;

/**
 * The newest stored values of metrics, each oldest first: as many as are needed, or all there are.
 *
 * @param end our number of the line before which they stand
 * @param needs how many are needed of each metric
 */
export async function newestValues(
  db: Queryable,
  key: RunKey,
  stream: Stream,
  end: number,
  needs: ReadonlyMap<string, number>,
): Promise<ReadonlyMap<string, readonly number[]>> {
  const newestFirst = new Map([...needs.keys()].map((metric): [string, number[]] => [metric, []]));
  const suffices = () => [...needs].every(([metric, need]) => (newestFirst.get(metric)?.length ?? 0) >= need);
  let before = end;
  while (before > 0 && !suffices()) {
    const blocks = await blocksBefore(db, key, stream, before, CHUNKS_AT_ONCE);
    for (const { lines } of blocks) collect(lines, newestFirst);
    before = blocks.at(-1)?.firstLine ?? 0;
  }
  return new Map([...newestFirst].map(([metric, values]) => [metric, values.slice(0, needs.get(metric)).reverse()]));
}

/** Adds what the lines hold of each metric, the newest first. */
function collect(lines: readonly string[], newestFirst: ReadonlyMap<string, number[]>): void {
  for (const text of lines.toReversed()) {
    const values: [number[], number][] = [];
    observations(parseRow(text) ?? {}, (name, value) => {
      const found = newestFirst.get(name);
      if (found !== undefined) values.push([found, value]);
    });
    // one line may hold a metric twice, as `d.x` and as `{"d":{"x":…}}`
    for (const [found, value] of values.reverse()) found.push(value);
  }
}
