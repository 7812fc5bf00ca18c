import { parseRow, stepOf, visitMetrics } from '../model/history-row.ts';
import type { Json, JsonObject } from '../model/json.ts';
import type { LineBlock } from './history-chunks.ts';

/** What is known of one metric of a stream. */
export interface MetricSummary {
  /** How many values of each type: `number`, `string`, `boolean`, `nil`, `list`, or a media type. */
  readonly typeCounts: ReadonlyMap<string, number>;
  /** Whether all values are numbers and none is smaller than the one before. */
  readonly monotonic: boolean;
  readonly lastValue: Json;
}

/** What is known of all metrics of a stream. */
export interface MetricFacts {
  /** The lines before this number count. */
  readonly lines: number;
  /** The highest step. */
  readonly lastStep: number | undefined;
  /** In the order in which they first appeared. */
  readonly metrics: ReadonlyMap<string, MetricSummary>;
}

export const NO_FACTS: MetricFacts = { lines: 0, lastStep: undefined, metrics: new Map() };

/** Folds lines, in order, into a summary of each metric. */
export class MetricFold implements MetricFacts {
  readonly #metrics: Map<string, OpenSummary>;
  #lines: number;
  #lastStep: number | undefined;

  /** @param known of the lines before those that will be added */
  constructor(known: MetricFacts = NO_FACTS) {
    this.#metrics = new Map([...known.metrics].map(([name, summary]) => [name, new OpenSummary(summary)]));
    this.#lines = known.lines;
    this.#lastStep = known.lastStep;
  }

  get lines(): number {
    return this.#lines;
  }

  get lastStep(): number | undefined {
    return this.#lastStep;
  }

  get metrics(): ReadonlyMap<string, MetricSummary> {
    return this.#metrics;
  }

  /** Folds the lines of a block that are not folded yet. */
  add(block: LineBlock): void {
    for (const line of block.lines.slice(Math.max(0, this.#lines - block.firstLine))) this.addRow(parseRow(line));
  }

  /** Folds the next line; `undefined` for one that is no row. */
  addRow(row: JsonObject | undefined): void {
    this.#lines += 1;
    if (row === undefined) return;
    const step = stepOf(row);
    if (step !== undefined) this.#lastStep = Math.max(step, this.#lastStep ?? step);
    visitMetrics(row, (name, value) => {
      const known = this.#metrics.get(name);
      if (known === undefined) this.#metrics.set(name, new OpenSummary(firstSummary(value)));
      else known.add(value);
    });
  }
}

class OpenSummary implements MetricSummary {
  readonly typeCounts: Map<string, number>;
  monotonic: boolean;
  lastValue: Json;

  constructor({ typeCounts, monotonic, lastValue }: MetricSummary) {
    this.typeCounts = new Map(typeCounts);
    this.monotonic = monotonic;
    this.lastValue = lastValue;
  }

  add(value: Json): void {
    this.monotonic &&= isRealNumber(value) && value >= (this.lastValue as number);
    this.lastValue = value;
    const type = typeName(value);
    this.typeCounts.set(type, (this.typeCounts.get(type) ?? 0) + 1);
  }
}

function firstSummary(value: Json): MetricSummary {
  return { typeCounts: new Map([[typeName(value), 1]]), monotonic: isRealNumber(value), lastValue: value };
}

function isRealNumber(value: Json): value is number {
  return typeof value === 'number' && !Number.isNaN(value);
}

function typeName(value: Json): string {
  if (value === null) return 'nil';
  if (typeof value !== 'object') return typeof value;
  if (Array.isArray(value)) return 'list';
  const media = (value as { readonly _type?: Json })._type;
  return typeof media === 'string' ? media : 'map';
}
