import type { RunWindows } from '../engine/run-windows.ts';
import { type RunHead, type RunKey, runKeyText } from '../store/run-heads.ts';

/** The windows of one run, and the point of its history up to which they are filled. */
export interface CachedWindows extends Pick<RunHead, 'epoch' | 'metaVersion' | 'historyLines' | 'eventsLines'> {
  readonly windows: RunWindows;
}

interface Held {
  readonly cached: CachedWindows;
  readonly bytes: number;
}

/** What an entry takes besides its windows, in bytes. */
const ENTRY_BYTES = 400;

/** Windows with room for more values than this are the first to go. */
const LONG = 1_000;

/**
 * The windows of recently active runs. A cache over history and never the truth: an entry is taken out for a
 * transaction and put back after its commit, so a failed one leaves nothing behind (data model, "Windows").
 */
export class WindowCache {
  readonly #mostBytes: number;
  /** Oldest use first. */
  readonly #held = new Map<string, Held>();
  /** Those that have long windows, oldest use first. */
  readonly #long = new Set<string>();
  #bytes = 0;

  /** @param mostBytes memory that all windows together may take */
  constructor(mostBytes: number) {
    this.#mostBytes = mostBytes;
  }

  /** Memory that all windows together take, roughly. */
  get bytes(): number {
    return this.#bytes;
  }

  /** Takes out the windows of a run, if they belong to this very point of its history or an earlier one. */
  take(head: RunHead): CachedWindows | undefined {
    const id = runKeyText(head);
    const cached = this.#held.get(id)?.cached;
    this.#remove(id);
    return cached !== undefined && cached.epoch === head.epoch && !isAhead(cached, head) ? cached : undefined;
  }

  /** Keeps the windows of a run after the commit that moved them; the longest unused ones make room. */
  put(key: RunKey, cached: CachedWindows): void {
    const id = runKeyText(key);
    const present = this.#held.get(id)?.cached;
    // commits of one run may be heard of in the wrong order
    if (present !== undefined && present.epoch >= cached.epoch && isAhead(present, cached)) return;
    this.#remove(id);
    this.#add(id, cached);
    this.#makeRoom();
  }

  #add(id: string, cached: CachedWindows): void {
    const bytes = ENTRY_BYTES + cached.windows.bytes;
    this.#held.set(id, { cached, bytes });
    this.#bytes += bytes;
    if (cached.windows.hasLongerThan(LONG)) this.#long.add(id);
  }

  #remove(id: string): void {
    this.#bytes -= this.#held.get(id)?.bytes ?? 0;
    this.#held.delete(id);
    this.#long.delete(id);
  }

  /** One long window takes the room of many runs and is refilled as fast as a short one: these go first. */
  #makeRoom(): void {
    for (const id of this.#long) {
      if (this.#bytes <= this.#mostBytes) return;
      this.#shrink(id);
    }
    for (const id of this.#held.keys()) {
      if (this.#bytes <= this.#mostBytes) return;
      this.#remove(id);
    }
  }

  #shrink(id: string): void {
    const held = this.#held.get(id);
    if (held === undefined) return;
    held.cached.windows.dropLongerThan(LONG);
    const bytes = ENTRY_BYTES + held.cached.windows.bytes;
    this.#held.set(id, { cached: held.cached, bytes });
    this.#bytes += bytes - held.bytes;
    this.#long.delete(id);
  }
}

type Point = Pick<RunHead, 'historyLines' | 'eventsLines'>;

function isAhead(one: Point, other: Point): boolean {
  return one.historyLines > other.historyLines || one.eventsLines > other.eventsLines;
}
