import { greatest, least } from './statistics.ts';

/** Typed arrays up to this length lie in the heap itself, without a block of memory of their own. */
const SMALLEST = 8;

/**
 * The newest values of one metric, at most `capacity` of them. They lie in one piece, so that any stretch of them is
 * a view; memory grows with what is pushed, so a watcher of a long window costs nothing until the values come.
 */
export class ValueRing {
  #values = new Float64Array(0);
  /** Where the next value goes. */
  #end = 0;
  #size = 0;
  #pushed = 0;
  #capacity: number;
  #lowest = Number.POSITIVE_INFINITY;
  #highest = Number.NEGATIVE_INFINITY;

  constructor(capacity: number) {
    this.#capacity = Math.max(1, capacity);
  }

  /** Most values it holds. */
  get capacity(): number {
    return this.#capacity;
  }

  /** Values it holds now. */
  get size(): number {
    return this.#size;
  }

  /** Values ever pushed. */
  get pushed(): number {
    return this.#pushed;
  }

  /** Values it has room for in memory. */
  get allocated(): number {
    return this.#values.length;
  }

  /** No value that it holds is below this. */
  get lowest(): number {
    return this.#lowest;
  }

  /** No value that it holds is above this. */
  get highest(): number {
    return this.#highest;
  }

  push(value: number): void {
    if (this.#end === this.#values.length) this.#makeRoom();
    this.#values[this.#end] = value;
    this.#end += 1;
    if (value < this.#lowest) this.#lowest = value;
    if (value > this.#highest) this.#highest = value;
    this.#size = Math.min(this.#size + 1, this.#capacity);
    this.#pushed += 1;
  }

  /** @param fromNewest 0 is the newest value, `size - 1` the oldest */
  at(fromNewest: number): number {
    return this.#values[this.#end - 1 - fromNewest] ?? Number.NaN;
  }

  /** Holds at least so many values from now on; what has been dropped does not come back. */
  ensure(capacity: number): void {
    this.#capacity = Math.max(this.#capacity, capacity);
  }

  /** A view of `count` values, oldest first, the newest of them `skip` values back: read it before the next push. */
  stretch(skip: number, count: number): Float64Array {
    const end = this.#end - skip;
    return this.#values.subarray(end - count, end);
  }

  /**
   * Moves what is kept to the front, and narrows the bounds to it. A third of the room is spare, so this happens to
   * each value twice on the average.
   */
  #makeRoom(): void {
    const kept = this.stretch(0, Math.min(this.#size, this.#capacity - 1));
    const most = Math.max(SMALLEST, Math.ceil(this.#capacity * 1.5));
    const length = Math.min(most, Math.max(SMALLEST, kept.length * 2));
    if (length > this.#values.length) {
      const values = new Float64Array(length);
      values.set(kept);
      this.#values = values;
    } else {
      this.#values.set(kept);
    }
    this.#end = kept.length;
    this.#lowest = least(this.stretch(0, this.#end));
    this.#highest = greatest(this.stretch(0, this.#end));
  }
}
