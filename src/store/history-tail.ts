import type { Queryable } from './database.ts';
import type { Stream } from './history-writes.ts';
import type { RunKey } from './run-heads.ts';

/** A stored chunk as it is read back for windows. */
export interface StoredChunk {
  readonly firstLine: number;
  readonly lines: number;
  readonly format: number;
  readonly body: Buffer;
}

const COLUMNS = 'first_line::float8 as "firstLine", lines, format, body';

/** Chunks that begin before a line, the newest first. */
export function chunksBefore(
  db: Queryable,
  key: RunKey,
  stream: Stream,
  line: number,
  limit: number,
): Promise<StoredChunk[]> {
  return db.query<StoredChunk>(
    `select ${COLUMNS} from history_chunk
      where tenant_id = $1 and run_id = $2 and stream = $3 and first_line < $4
      order by first_line desc limit $5`,
    [key.tenantId, key.runId, stream, line, limit],
  );
}

/** Chunks from a line on, the oldest first. The line must be the first of a chunk. */
export function chunksFrom(db: Queryable, key: RunKey, stream: Stream, line: number): Promise<StoredChunk[]> {
  return db.query<StoredChunk>(
    `select ${COLUMNS} from history_chunk
      where tenant_id = $1 and run_id = $2 and stream = $3 and first_line >= $4
      order by first_line`,
    [key.tenantId, key.runId, stream, line],
  );
}
