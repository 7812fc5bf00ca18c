/** One number of a series, and where it stands. */
export interface SeriesPoint {
  readonly x: number;
  readonly value: number;
}

/** Consecutive points, of which the lowest and the highest are kept, and what their mean is made of. */
interface Bucket {
  count: number;
  low: number;
  lowX: number;
  high: number;
  highX: number;
  /** Whether the lowest came before the highest. */
  lowFirst: boolean;
  sumX: number;
  /** Of the finite ones. */
  finite: number;
  sum: number;
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
  #open: Bucket | undefined;
  /** Points that a full bucket stands for. */
  #size = 1;
  #lastX = 0;
  #last = 0;
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
    this.#lastX = x;
    this.#last = value;
    const open = this.#open;
    if (open !== undefined && open.count < this.#size) {
      addPoint(open, x, value);
      return;
    }
    this.#open = bucketOf(x, value);
    this.#buckets.push(this.#open);
    while (this.#buckets.length > this.#room) this.#halve();
  }

  /** What is drawn, in the order of the series. */
  points(): SeriesPoint[] {
    const peaks = this.#buckets.flatMap(({ count, low, lowX, high, highX, lowFirst }) => {
      const [lowest, highest] = [
        { x: lowX, value: low },
        { x: highX, value: high },
      ];
      if (count === 1 || (low === high && lowX === highX)) return [lowest];
      return lowFirst ? [lowest, highest] : [highest, lowest];
    });
    const end = peaks.at(-1);
    if (end === undefined || (end.x === this.#lastX && end.value === this.#last)) return peaks;
    return [...peaks, { x: this.#lastX, value: this.#last }];
  }

  /**
   * The mean of each stretch, by its own middle: what a smoothed line is made of, since the lowest and the highest of a
   * stretch say little about the rest. `undefined` while all points are there.
   */
  means(): SeriesPoint[] | undefined {
    if (this.#size === 1) return undefined;
    return this.#buckets.flatMap(({ count, sumX, finite, sum }) =>
      finite === 0 ? [] : [{ x: sumX / count, value: sum / finite }],
    );
  }

  /** A bucket of one point draws one, any other two. */
  get #room(): number {
    return this.#size === 1 ? this.#points : Math.floor(this.#points / 2);
  }

  #halve(): void {
    const halves: Bucket[] = [];
    for (let at = 0; at < this.#buckets.length; at += 2) {
      const [one, other] = this.#buckets.slice(at, at + 2) as [Bucket, Bucket?];
      if (other !== undefined) addBucket(one, other);
      halves.push(one);
    }
    this.#buckets = halves;
    this.#open = halves.at(-1);
    this.#size *= 2;
  }
}

function bucketOf(x: number, value: number): Bucket {
  const counts = Number.isFinite(value);
  const peaks = { low: value, lowX: x, high: value, highX: x, lowFirst: true };
  return { count: 1, ...peaks, sumX: x, finite: counts ? 1 : 0, sum: counts ? value : 0 };
}

function addPoint(bucket: Bucket, x: number, value: number): void {
  bucket.count += 1;
  bucket.sumX += x;
  if (value < bucket.low) {
    bucket.low = value;
    bucket.lowX = x;
    bucket.lowFirst = false;
  } else if (value > bucket.high) {
    bucket.high = value;
    bucket.highX = x;
    bucket.lowFirst = true;
  }
  if (!Number.isFinite(value)) return;
  bucket.finite += 1;
  bucket.sum += value;
}

/** Adds a bucket to the one before it. */
function addBucket(one: Bucket, other: Bucket): void {
  const lower = other.low < one.low;
  const higher = other.high > one.high;
  if (lower && higher) one.lowFirst = other.lowFirst;
  else if (lower || higher) one.lowFirst = higher;
  if (lower) [one.low, one.lowX] = [other.low, other.lowX];
  if (higher) [one.high, one.highX] = [other.high, other.highX];
  one.count += other.count;
  one.sumX += other.sumX;
  one.finite += other.finite;
  one.sum += other.sum;
}
