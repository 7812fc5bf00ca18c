import type { Stream } from './history-writes.ts';
import type { RunHead } from './run-heads.ts';

/** Lines of a stream by our numbers: from one on and before another. */
export interface LineRange {
  readonly fromLine: number;
  readonly beforeLine: number;
}

/**
 * The lines of a stream that a run logged itself: those before were observed by the run that it was forked from, so
 * no window takes them and nothing is judged by them.
 */
export function ownLines(
  { historyLines, eventsLines, forkedLines }: Pick<RunHead, 'historyLines' | 'eventsLines' | 'forkedLines'>,
  stream: Stream,
): LineRange {
  return stream === 'history'
    ? { fromLine: forkedLines, beforeLine: historyLines }
    : { fromLine: 0, beforeLine: eventsLines };
}
