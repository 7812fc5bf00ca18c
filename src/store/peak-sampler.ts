/** One number of a series, and where it stands. */
export interface SeriesPoint {
  readonly x: number;
  readonly value: number;
}

/** Consecutive points, of which the lowest and the highest are kept. */
interface Bucket {
  readonly count: number;
  readonly low: SeriesPoint;
  readonly high: SeriesPoint;
  /** Whether the lowest came before the highest. */
  readonly lowFirst: boolean;
}

/**
 * Thins a series out for a drawing so that no spike is lost: of each stretch the lowest and the highest point stay,
 * in the order in which they came, and the last one of all. Memory is bounded however long the series is, and no
 * length has to be known beforehand: when there are too many stretches, neighbours become one. All points stay while
 * they fit.
 */
export class PeakSampler {
  readonly #points: number;
  #buckets: Bucket[] = [];
  /** Points that a full bucket stands for. */
  #size = 1;
  #last: SeriesPoint | undefined;
  #count = 0;

  /** @param points how many are wanted at most, at least 4 */
  constructor(points: number) {
    this.#points = points - 1;
  }

  /** Points that were offered. */
  get count(): number {
    return this.#count;
  }

  /** Offers the next point; a NaN is none. */
  offer(x: number, value: number): void {
    if (Number.isNaN(value)) return;
    this.#count += 1;
    const point = { x, value };
    this.#last = point;
    const open = this.#buckets.at(-1);
    const added = { count: 1, low: point, high: point, lowFirst: true };
    if (open === undefined || open.count >= this.#size) this.#buckets.push(added);
    else this.#buckets[this.#buckets.length - 1] = joined(open, added);
    if (this.#buckets.length > this.#room) this.#halve();
  }

  /** What is drawn, in the order of the series. */
  points(): SeriesPoint[] {
    const peaks = this.#buckets.flatMap(({ low, high, lowFirst }) => {
      if (low === high) return [low];
      return lowFirst ? [low, high] : [high, low];
    });
    return this.#last === undefined || peaks.at(-1) === this.#last ? peaks : [...peaks, this.#last];
  }

  /** A bucket of one point draws one, any other two. */
  get #room(): number {
    return this.#size === 1 ? this.#points : Math.floor(this.#points / 2);
  }

  #halve(): void {
    const halves: Bucket[] = [];
    for (let at = 0; at < this.#buckets.length; at += 2) {
      const [one, other] = this.#buckets.slice(at, at + 2) as [Bucket, Bucket?];
      halves.push(other === undefined ? one : joined(one, other));
    }
    this.#buckets = halves;
    this.#size *= 2;
  }
}

function joined(one: Bucket, other: Bucket): Bucket {
  const lower = other.low.value < one.low.value;
  const higher = other.high.value > one.high.value;
  return {
    count: one.count + other.count,
    low: lower ? other.low : one.low,
    high: higher ? other.high : one.high,
    lowFirst: lower === higher ? (lower ? other : one).lowFirst : higher,
  };
}
