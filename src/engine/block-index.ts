import type { MetricEvent } from './judge.ts';
import { alwaysHolds, type Bounds, leastShortfall } from './shortfall.ts';

/** Consecutive values of a series, known by their bounds. */
export interface BoundedBlock extends Bounds {
  readonly firstLine: number;
  readonly lines: number;
  /** Numbers in it but NaN. */
  readonly observed: number;
}

/** A block, and what its bounds say of a condition. */
export interface RankedBlock {
  readonly place: number;
  /** No value in it comes nearer than this. */
  readonly least: number;
  /** Whether every value in it meets the condition. */
  readonly allHold: boolean;
}

/** The blocks of a series, asked what windows that end in them can hold. */
export class BlockIndex {
  readonly blocks: readonly BoundedBlock[];
  /** Values before each block. */
  readonly #before: readonly number[];
  readonly #needs: number;

  /** @param blocks in order @param needs values that a window takes */
  constructor(blocks: readonly BoundedBlock[], needs: number) {
    this.blocks = blocks;
    this.#needs = needs;
    let before = 0;
    this.#before = [
      0,
      ...blocks.map(({ observed }) => {
        before += observed;
        return before;
      }),
    ];
  }

  /** Values in all. */
  get observed(): number {
    return this.#before.at(-1) ?? 0;
  }

  /** The first of the blocks that fill the window of the first value of one. */
  contextOf(place: number): number {
    const wanted = (this.#before[place] ?? 0) - (this.#needs - 1);
    let first = place;
    while (first > 0 && (this.#before[first] ?? 0) > wanted) first -= 1;
    return first;
  }

  /** These blocks, those first that may come nearest, the newest of equal ones first. */
  ranked(places: readonly number[], event: MetricEvent): readonly RankedBlock[] {
    const ranks = places.map((place) => {
      const bounds = this.#boundsAt(place);
      const filled = (this.#before[place] ?? 0) >= this.#needs - 1;
      return { place, least: leastShortfall(event, bounds), allHold: filled && alwaysHolds(event, bounds) };
    });
    return ranks.sort((one, other) => (one.least === other.least ? other.place - one.place : one.least - other.least));
  }

  /** Of all values that a window ending in a block can hold. */
  #boundsAt(place: number): Bounds {
    let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
    for (let at = this.contextOf(place); at <= place; at += 1) {
      const block = this.blocks[at];
      if (block === undefined) continue;
      low = Math.min(low, block.low);
      high = Math.max(high, block.high);
    }
    return { low, high };
  }
}
