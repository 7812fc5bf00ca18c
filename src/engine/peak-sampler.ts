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
  lastX: number;
  last: number;
}

type Numbers = readonly number[] | Float64Array;

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

  /** @param points how many are wanted at most, at least 4 */
  constructor(points: number) {
    this.#points = points - 1;
  }

  /** Points that were offered. */
  get count(): number {
    return this.#buckets.reduce((count, bucket) => count + bucket.count, 0);
  }

  /** Offers the next point; a NaN is none. */
  offer(x: number, value: number): void {
    this.offerAll([x], [value]);
  }

  /** Offers the next points, each with its place. */
  offerAll(places: Numbers, values: Numbers): void {
    for (let next = 0; next < values.length; ) {
      const open = this.#open;
      if (open !== undefined && open.count < this.#size) {
        next = fill(open, this.#size, places, values, next);
      } else {
        this.#begin(places[next] as number, values[next] as number);
        next += 1;
      }
    }
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
    const [end, open] = [peaks.at(-1), this.#open];
    if (open === undefined || (end?.x === open.lastX && end.value === open.last)) return peaks;
    return [...peaks, { x: open.lastX, value: open.last }];
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

  #begin(x: number, value: number): void {
    if (Number.isNaN(value)) return;
    this.#open = bucketOf(x, value);
    this.#buckets.push(this.#open);
    while (this.#buckets.length > this.#room) this.#halve();
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
  const finite = Number.isFinite(value) ? 1 : 0;
  const sum = finite === 1 ? value : 0;
  // written out: a long run makes thousands
  return {
    count: 1,
    low: value,
    lowX: x,
    high: value,
    highX: x,
    lowFirst: true,
    sumX: x,
    finite,
    sum,
    lastX: x,
    last: value,
  };
}

/** Fills a bucket with points, in variables of its own: a long run goes through millions. @returns the first that is left */
function fill(bucket: Bucket, most: number, places: Numbers, values: Numbers, from: number): number {
  let { count, low, lowX, high, highX, lowFirst, sumX, finite, sum, lastX, last } = bucket;
  let next = from;
  for (; next < values.length && count < most; next += 1) {
    const value = values[next] as number;
    if (Number.isNaN(value)) continue;
    lastX = places[next] as number;
    last = value;
    count += 1;
    sumX += lastX;
    if (value < low) {
      low = value;
      lowX = lastX;
      lowFirst = false;
    } else if (value > high) {
      high = value;
      highX = lastX;
      lowFirst = true;
    }
    if (Number.isFinite(value)) {
      finite += 1;
      sum += value;
    }
  }
  bucket.count = count;
  bucket.low = low;
  bucket.lowX = lowX;
  bucket.high = high;
  bucket.highX = highX;
  bucket.lowFirst = lowFirst;
  bucket.sumX = sumX;
  bucket.finite = finite;
  bucket.sum = sum;
  bucket.lastX = lastX;
  bucket.last = last;
  return next;
}

/** Adds a bucket to the one before it. */
function addBucket(one: Bucket, other: Bucket): void {
  const lower = other.low < one.low;
  const higher = other.high > one.high;
  if (lower && higher) one.lowFirst = other.lowFirst;
  else if (lower || higher) one.lowFirst = higher;
  if (lower) [one.low, one.lowX] = [other.low, other.lowX];
  if (higher) [one.high, one.highX] = [other.high, other.highX];
  [one.lastX, one.last] = [other.lastX, other.last];
  one.count += other.count;
  one.sumX += other.sumX;
  one.finite += other.finite;
  one.sum += other.sum;
}
