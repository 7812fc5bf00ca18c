const SMALLEST = 16;

/**
 * The newest values of one metric, at most `capacity` of them. Memory grows with what is pushed, so a watcher of
 * a long window costs nothing until the values come.
 */
export class ValueRing {
  #values = new Float64Array(0);
  /** Where the next value goes. */
  #head = 0;
  #size = 0;
  #pushed = 0;
  #capacity: number;

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

  push(value: number): void {
    if (this.#size === this.#values.length && this.#size < this.#capacity) {
      this.#resize(Math.min(this.#capacity, Math.max(SMALLEST, this.#size * 2)));
    }
    this.#values[this.#head] = value;
    this.#head = this.#head + 1 === this.#values.length ? 0 : this.#head + 1;
    this.#size = Math.min(this.#size + 1, this.#values.length);
    this.#pushed += 1;
  }

  /** @param fromNewest 0 is the newest value, `size - 1` the oldest */
  at(fromNewest: number): number {
    const index = this.#head - 1 - fromNewest;
    return this.#values[index < 0 ? index + this.#values.length : index] ?? Number.NaN;
  }

  /** Holds at least so many values from now on; what has been dropped does not come back. */
  ensure(capacity: number): void {
    this.#capacity = Math.max(this.#capacity, capacity);
  }

  /**
   * `count` values, oldest first, the newest of them `skip` values back. It may be a view of the ring: read it
   * before the next push.
   */
  stretch(skip: number, count: number): Float64Array {
    const end = this.#head - skip;
    const start = end - count;
    const room = this.#values.length;
    if (start >= 0) return this.#values.subarray(start, end);
    if (end <= 0) return this.#values.subarray(start + room, end + room);
    const values = new Float64Array(count);
    values.set(this.#values.subarray(start + room));
    values.set(this.#values.subarray(0, end), -start);
    return values;
  }

  #resize(length: number): void {
    const values = new Float64Array(length);
    values.set(this.stretch(0, this.#size));
    this.#values = values;
    this.#head = this.#size;
  }
}
