import type { TenantId } from '../model/ids.ts';
import { type RunKey, runKeyText } from '../store/run-heads.ts';

export interface QueueBounds {
  /** Requests that may wait. */
  readonly waiting: number;
  /** Requests of one run that may wait: its client sends one after another. */
  readonly ofOneRun: number;
}

export interface BatchBounds {
  readonly runs: number;
  /** How many tenants may share a transaction: many on one PostgreSQL, one on a distributed engine. */
  readonly tenants: number;
}

/**
 * What waits to be stored, first come, first served. Of one run only one item is at work at a time, and those that
 * follow keep their order; runs do not wait for each other (data model, "The ingest transaction").
 */
export class ChunkQueue<Item extends { readonly key: RunKey }> {
  readonly #bounds: QueueBounds;
  /** What waits of each run; an entry also stands for a run that is at work. */
  readonly #runs = new Map<string, Item[]>();
  /** Runs that wait and are not at work, the longest waiting first. */
  readonly #ready = new Set<string>();
  #waiting = 0;

  constructor(bounds: QueueBounds) {
    this.#bounds = bounds;
  }

  /** Items that wait. */
  get waiting(): number {
    return this.#waiting;
  }

  /** Takes in an item. @returns false when there is no room, and nothing has changed */
  offer(item: Item): boolean {
    const id = runKeyText(item.key);
    const ofRun = this.#runs.get(id);
    if (this.#waiting >= this.#bounds.waiting || (ofRun?.length ?? 0) >= this.#bounds.ofOneRun) return false;
    this.#waiting += 1;
    if (ofRun !== undefined) ofRun.push(item);
    else {
      this.#runs.set(id, [item]);
      this.#ready.add(id);
    }
    return true;
  }

  /** Takes the next items of different runs, which are at work until they are {@link done}. */
  take({ runs, tenants }: BatchBounds): Item[] {
    const taken: Item[] = [];
    const owners = new Set<TenantId>();
    for (const id of this.#ready) {
      if (taken.length === runs) break;
      const ofRun = this.#runs.get(id);
      const [next] = ofRun ?? [];
      if (next === undefined || (owners.size === tenants && !owners.has(next.key.tenantId))) continue;
      owners.add(next.key.tenantId);
      ofRun?.shift();
      this.#ready.delete(id);
      taken.push(next);
    }
    this.#waiting -= taken.length;
    return taken;
  }

  /** Ends the work on an item: the next one of its run may follow. */
  done(item: Item): void {
    const id = runKeyText(item.key);
    if (this.#runs.get(id)?.length === 0) this.#runs.delete(id);
    else this.#ready.add(id);
  }
}
