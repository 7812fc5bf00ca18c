import { visitMetrics } from '../model/history-row.ts';
import type { Json, JsonObject } from '../model/json.ts';
import type { Column } from './column-format.ts';

/** Lines of a block, and so most lines of a column. */
export const BLOCK_LINES = 4096;

/** A wide run gets shorter blocks: at most about 64 MB of numbers are in memory at a time. */
const MOST_VALUES = 4_000_000;

/** A column of a block, and whether it tells all there is of the metric in these lines. */
export interface BlockColumn extends Column {
  /** False when a line holds the metric twice, or holds what is neither a number nor null. */
  readonly plain: boolean;
}

/** Sorts the numbers of consecutive lines into a column for each metric. */
export class ColumnBlock {
  /** Our number of its first line. */
  readonly firstLine: number;
  readonly #capacity: number;
  readonly #columns = new Map<string, OpenColumn>();
  #lines = 0;
  #values = 0;

  /** @param capacity lines it takes in */
  constructor(firstLine: number, capacity: number) {
    this.firstLine = firstLine;
    this.#capacity = capacity;
  }

  get lines(): number {
    return this.#lines;
  }

  get full(): boolean {
    return this.#lines >= this.#capacity || this.#values >= MOST_VALUES;
  }

  /** Takes in the next line; `undefined` for one that is no row. */
  add(row: JsonObject | undefined): void {
    if (row !== undefined) visitMetrics(row, (name, value) => this.#add(name, value));
    this.#lines += 1;
  }

  /** By metric: every one that these lines mention. */
  columns(): Map<string, BlockColumn> {
    return new Map([...this.#columns].map(([name, column]) => [name, column.close()]));
  }

  #add(name: string, value: Json): void {
    let column = this.#columns.get(name);
    if (column === undefined) {
      column = new OpenColumn();
      this.#columns.set(name, column);
    }
    column.add(this.#lines, value);
    this.#values += 1;
  }
}

class OpenColumn {
  readonly #lines: number[] = [];
  readonly #values: number[] = [];
  #lastLine = -1;
  #plain = true;

  add(line: number, value: Json): void {
    const isNumber = typeof value === 'number';
    if (line === this.#lastLine || !(isNumber || value === null)) this.#plain = false;
    this.#lastLine = line;
    if (!isNumber) return;
    this.#lines.push(line);
    this.#values.push(value);
  }

  close(): BlockColumn {
    return { plain: this.#plain, lines: Uint16Array.from(this.#lines), values: Float64Array.from(this.#values) };
  }
}
