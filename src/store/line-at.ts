import { parseRow, stepOf } from '../model/history-row.ts';
import type { Queryable } from './database.ts';
import { readBlocksWith } from './history-chunks.ts';
import type { StreamKey } from './line-times.ts';

/** Where a line stands by the client's reckoning. */
export interface PlacedLine {
  readonly step: number | null;
  /** Seconds since 1970 by the client's clock. */
  readonly timestamp: number | null;
}

/** Reads one line by our number of it; `undefined` when it is not there. */
export async function lineAt(database: Queryable, key: StreamKey, line: number): Promise<PlacedLine | undefined> {
  for await (const { firstLine, lines } of readBlocksWith(database, key, key.stream, [line])) {
    const row = parseRow(lines[line - firstLine] ?? '');
    const timestamp = row?._timestamp;
    return { step: stepOf(row) ?? null, timestamp: typeof timestamp === 'number' ? timestamp : null };
  }
  return undefined;
}
