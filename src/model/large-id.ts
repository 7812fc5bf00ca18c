/** Milliseconds of 2026-01-01T00:00:00Z, the zero of large ids. */
export const LARGE_ID_EPOCH = Date.UTC(2026, 0, 1);

const NODE_BITS = 10n;
const COUNTER_BITS = 11n;
const COUNTERS = 1 << Number(COUNTER_BITS);

/**
 * Makes the ids of large things (run, event, file …): 42 bits of milliseconds since {@link LARGE_ID_EPOCH},
 * 10 bits of node number, 11 bits of counter (data model, section 1). Ids of one maker only grow, also when
 * the clock steps back or more than 2,048 are asked for in one millisecond.
 */
export class LargeIds {
  #millisecond = 0;
  #counter = 0;
  readonly #node: bigint;

  constructor(node: number) {
    this.#node = BigInt(node) << COUNTER_BITS;
  }

  /** @param now milliseconds since 1970 */
  next<Id extends string>(now: number): Id {
    const elapsed = Math.max(0, Math.floor(now) - LARGE_ID_EPOCH);
    if (elapsed > this.#millisecond) {
      this.#millisecond = elapsed;
      this.#counter = 0;
    } else if (this.#counter === COUNTERS) {
      this.#millisecond += 1;
      this.#counter = 0;
    }
    const id = (BigInt(this.#millisecond) << (NODE_BITS + COUNTER_BITS)) | this.#node | BigInt(this.#counter);
    this.#counter += 1;
    return id.toString() as Id;
  }
}

/** The smallest large id that can be made at an instant: the bound of a time range over ids. */
export function largeIdAt(instant: number): string {
  return (BigInt(Math.max(0, Math.floor(instant) - LARGE_ID_EPOCH)) << (NODE_BITS + COUNTER_BITS)).toString();
}

/** The last instant that an id can hold. */
const LAST_OF_IDS = LARGE_ID_EPOCH + 2 ** 42 - 1;

/** The same for instants that people ask for, however late. */
export function boundAt(instant: number): string {
  return largeIdAt(Math.min(instant, LAST_OF_IDS));
}

/** When a large id was made, in milliseconds since 1970. */
export function madeAt(id: string): number {
  return Number(BigInt(id) >> (NODE_BITS + COUNTER_BITS)) + LARGE_ID_EPOCH;
}
