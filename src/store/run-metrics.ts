import type { Database } from './database.ts';
import { readBlocks } from './history-chunks.ts';
import type { Stream } from './history-writes.ts';
import { MetricFold } from './metric-fold.ts';
import type { RunKey } from './run-heads.ts';

/** Which lines of a run are asked about. */
export interface MetricsQuery extends RunKey {
  readonly stream: Stream;
  /** Grows when the run is rewound: what was folded before is wrong then. */
  readonly epoch: number;
  /** How many lines there are at least. */
  readonly lines: number;
}

interface Entry {
  readonly epoch: number;
  readonly fold: MetricFold;
  /** How many metrics of it are in the total. */
  counted: number;
  /** Catching up, one after the other. */
  work: Promise<void>;
}

/** Metrics of all remembered runs together. */
const REMEMBERED = 200_000;

/**
 * Summaries of the metrics of runs, derived from the stored lines when someone asks. The fold of a run is kept
 * and only what came since is added, so a live run is never behind and nobody reads a run twice. A cache over
 * history: it may be dropped at any time (data model, section 7).
 */
export class RunMetrics {
  readonly #database: Database;
  readonly #entries = new Map<string, Entry>();
  #total = 0;

  constructor(database: Database) {
    this.#database = database;
  }

  /** The fold over at least the lines asked for. Read it before the next `await`: it grows. */
  async read(query: MetricsQuery): Promise<MetricFold> {
    const name = `${query.tenantId}/${query.runId}/${query.stream}`;
    const entry = this.#entry(name, query.epoch);
    entry.work = entry.work.then(() => this.#catchUp(entry.fold, query));
    try {
      await entry.work;
    } catch (error) {
      if (this.#entries.get(name) === entry) this.#forget(name, entry);
      throw error;
    }
    if (this.#entries.get(name) === entry) this.#count(entry);
    return entry.fold;
  }

  #entry(name: string, epoch: number): Entry {
    const known = this.#entries.get(name);
    if (known?.epoch === epoch) {
      this.#entries.delete(name);
      this.#entries.set(name, known);
      return known;
    }
    if (known !== undefined) this.#forget(name, known);
    const entry = { epoch, fold: new MetricFold(), counted: 1, work: Promise.resolve() };
    this.#total += entry.counted;
    this.#entries.set(name, entry);
    return entry;
  }

  async #catchUp(fold: MetricFold, query: MetricsQuery): Promise<void> {
    if (fold.lines >= query.lines) return;
    for await (const block of readBlocks(this.#database, query, { stream: query.stream, fromLine: fold.lines })) {
      fold.add(block);
    }
  }

  #count(entry: Entry): void {
    const metrics = 1 + entry.fold.metrics.size;
    this.#total += metrics - entry.counted;
    entry.counted = metrics;
    for (const [name, oldest] of this.#entries) {
      if (this.#total <= REMEMBERED) return;
      this.#forget(name, oldest);
    }
  }

  #forget(name: string, entry: Entry): void {
    this.#entries.delete(name);
    this.#total -= entry.counted;
  }
}
