import type { Block } from './run-chunk.ts';

/** The lines of a block that are not stored yet, and what the writer's offset becomes. */
export interface NewLines<Line> {
  readonly lines: readonly Line[];
  readonly nextOffset: number;
  /** Lines that the writer skipped: its offset lay beyond what it had sent. */
  readonly gap: number;
}

/**
 * Drops what this writer has already sent: a request may repeat after a lost answer (wandb protocol, 3.2). A gap
 * is accepted and the writer's offset moves over it; an old offset is never an error, since that would end the
 * client's stream.
 *
 * @param stored the offset up to which this writer's lines are stored
 */
export function newLines<Line>(block: Block<Line> | undefined, stored: number): NewLines<Line> {
  if (block === undefined) return { lines: [], nextOffset: stored, gap: 0 };
  const skip = Math.max(0, stored - block.offset);
  return {
    lines: block.lines.slice(skip),
    nextOffset: Math.max(stored, block.offset + block.lines.length),
    gap: block.lines.length === 0 ? 0 : Math.max(0, block.offset - stored),
  };
}
