import type { Database } from './database.ts';
import { readBlocks } from './history-chunks.ts';
import { type ColumnsWanted, MANY_LINES } from './history-columns.ts';
import type { Stream } from './history-writes.ts';
import { findMetricFacts } from './metric-facts.ts';
import { MetricFold } from './metric-fold.ts';
import { type RunKey, runKeyText } from './run-heads.ts';

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
  /** How many metrics of it are in the total. */
  counted: number;
  /** Catching up, one after the other. */
  work: Promise<MetricFold>;
}

/** Metrics of all remembered runs together. */
const REMEMBERED = 200_000;

/**
 * Summaries of the metrics of runs, when someone asks: what is stored of them, and the lines that came since. The
 * fold of a run is kept and only what is new is added, so a live run is never behind and nobody reads a run twice.
 * A cache over history: it may be dropped at any time (data model, section 7).
 */
export class RunMetrics {
  readonly #database: Database;
  readonly #columnsWanted: ColumnsWanted;
  readonly #entries = new Map<string, Entry>();
  #total = 0;

  /** @param columnsWanted asks for what had to be read line by line to be stored */
  constructor(database: Database, columnsWanted: ColumnsWanted) {
    this.#database = database;
    this.#columnsWanted = columnsWanted;
  }

  /** The fold over at least the lines asked for. Read it before the next `await`: it grows. */
  async read(query: MetricsQuery): Promise<MetricFold> {
    const name = `${runKeyText(query)}/${query.stream}`;
    const entry = this.#entry(name, query);
    entry.work = entry.work.then((fold) => this.#catchUp(fold, query));
    try {
      const fold = await entry.work;
      if (this.#entries.get(name) === entry) this.#count(entry, fold);
      return fold;
    } catch (error) {
      if (this.#entries.get(name) === entry) this.#forget(name, entry);
      throw error;
    }
  }

  #entry(name: string, query: MetricsQuery): Entry {
    const known = this.#entries.get(name);
    if (known?.epoch === query.epoch) {
      this.#entries.delete(name);
      this.#entries.set(name, known);
      return known;
    }
    if (known !== undefined) this.#forget(name, known);
    const entry = { epoch: query.epoch, counted: 1, work: this.#stored(query) };
    this.#total += entry.counted;
    this.#entries.set(name, entry);
    return entry;
  }

  async #stored(query: MetricsQuery): Promise<MetricFold> {
    const facts = await findMetricFacts(this.#database, query, query.stream, query.epoch);
    if (query.lines - facts.lines > MANY_LINES) this.#columnsWanted(query);
    return new MetricFold(facts);
  }

  async #catchUp(fold: MetricFold, query: MetricsQuery): Promise<MetricFold> {
    if (fold.lines >= query.lines) return fold;
    for await (const block of readBlocks(this.#database, query, { stream: query.stream, fromLine: fold.lines })) {
      fold.add(block);
    }
    return fold;
  }

  #count(entry: Entry, fold: MetricFold): void {
    const metrics = 1 + fold.metrics.size;
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
