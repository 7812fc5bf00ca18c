import { encodeLinesAside } from '../store/history-format.ts';
import type { Block, HistoryLine, RunChunk } from './run-chunk.ts';

/** A chunk with its lines as they are stored when all of them are new, which they nearly always are. */
export interface PackedChunk extends RunChunk {
  readonly packed: { readonly history: Buffer | undefined; readonly events: Buffer | undefined };
}

/** Packs the lines of a chunk beside all other work: it is a sixth of what a chunk costs. */
export async function packChunk(chunk: RunChunk): Promise<PackedChunk> {
  const [history, events] = await Promise.all([pack(chunk.history), pack(chunk.events)]);
  return { ...chunk, packed: { history, events } };
}

async function pack(block: Block<HistoryLine> | undefined): Promise<Buffer | undefined> {
  return block === undefined ? undefined : encodeLinesAside(block.lines.map(({ raw }) => raw));
}
