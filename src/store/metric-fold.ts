import { parseRow, stepOf, visitMetrics } from '../model/history-row.ts';
import type { Json } from '../model/json.ts';
import type { LineBlock } from './history-chunks.ts';

/** What is known of one metric of a stream. */
export interface MetricSummary {
  /** How many values of each type: `number`, `string`, `boolean`, `nil`, `list`, or a media type. */
  readonly typeCounts: ReadonlyMap<string, number>;
  /** Whether all values are numbers and none is smaller than the one before. */
  readonly monotonic: boolean;
  readonly lastValue: Json;
}

/** Folds lines, in order, into a summary of each metric. */
export class MetricFold {
  readonly #metrics = new Map<string, OpenSummary>();
  #lines = 0;
  #lastStep: number | undefined;

  /** How many lines are folded. */
  get lines(): number {
    return this.#lines;
  }

  /** The highest step. */
  get lastStep(): number | undefined {
    return this.#lastStep;
  }

  get metrics(): ReadonlyMap<string, MetricSummary> {
    return this.#metrics;
  }

  /** Folds the lines of a block that are not folded yet. */
  add(block: LineBlock): void {
    for (const line of block.lines.slice(Math.max(0, this.#lines - block.firstLine))) this.#addLine(line);
    this.#lines = block.firstLine + block.lines.length;
  }

  #addLine(line: string): void {
    const row = parseRow(line);
    if (row === undefined) return;
    const step = stepOf(row);
    if (step !== undefined) this.#lastStep = Math.max(step, this.#lastStep ?? step);
    visitMetrics(row, (name, value) => {
      const known = this.#metrics.get(name);
      if (known === undefined) this.#metrics.set(name, new OpenSummary(value));
      else known.add(value);
    });
  }
}

class OpenSummary implements MetricSummary {
  readonly typeCounts = new Map<string, number>();
  monotonic: boolean;
  lastValue: Json;

  constructor(value: Json) {
    this.monotonic = isRealNumber(value);
    this.lastValue = value;
    this.#count(value);
  }

  add(value: Json): void {
    this.monotonic &&= isRealNumber(value) && value >= (this.lastValue as number);
    this.lastValue = value;
    this.#count(value);
  }

  #count(value: Json): void {
    const type = typeName(value);
    this.typeCounts.set(type, (this.typeCounts.get(type) ?? 0) + 1);
  }
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
