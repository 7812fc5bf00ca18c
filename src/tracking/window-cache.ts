import type { RunWindows } from '../engine/run-windows.ts';
import type { CapturedRun } from '../events/run-subject.ts';
import type { RunHead, RunKey } from '../store/run-heads.ts';

/** The windows of one run, and the point of its history up to which they are filled. */
export interface CachedWindows {
  readonly epoch: number;
  /** Of the run's record as it was captured. */
  readonly metaVersion: number;
  readonly run: CapturedRun;
  readonly historyLines: number;
  readonly eventsLines: number;
  readonly windows: RunWindows;
}

const MOST_CELLS = 8_000_000;

/**
 * The windows of recently active runs. A cache over history and never the truth: an entry is taken out for a
 * transaction and put back after its commit, so a failed one leaves nothing behind (data model, "Windows").
 */
export class WindowCache {
  /** Oldest use first. */
  readonly #entries = new Map<string, CachedWindows>();
  #cells = 0;

  /** Takes out the windows of a run, if they belong to this very point of its history or an earlier one. */
  take(head: RunHead): CachedWindows | undefined {
    const id = idOf(head);
    const entry = this.#entries.get(id);
    if (entry === undefined) return undefined;
    this.#entries.delete(id);
    this.#cells -= entry.windows.cells;
    const usable =
      entry.epoch === head.epoch && entry.historyLines <= head.historyLines && entry.eventsLines <= head.eventsLines;
    return usable ? entry : undefined;
  }

  /** Keeps the windows of a run after the commit that moved them; the longest unused ones make room. */
  put(key: RunKey, entry: CachedWindows): void {
    const id = idOf(key);
    const replaced = this.#entries.get(id);
    if (replaced !== undefined) this.#cells -= replaced.windows.cells;
    this.#entries.delete(id);
    this.#entries.set(id, entry);
    this.#cells += entry.windows.cells;
    for (const [oldest, { windows }] of this.#entries) {
      if (this.#cells <= MOST_CELLS || oldest === id) break;
      this.#entries.delete(oldest);
      this.#cells -= windows.cells;
    }
  }
}

function idOf(key: RunKey): string {
  return `${key.tenantId}/${key.runId}`;
}
