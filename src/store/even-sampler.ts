/**
 * Keeps about `samples` rows, evenly spread over a stream whose length is not known beforehand, in memory for
 * twice as many: when it is full, every other row goes and from then on only every second (fourth, eighth …)
 * row is kept. All rows are kept while they fit.
 */
export class EvenSampler<Row> {
  readonly #samples: number;
  #kept: { readonly row: Row; readonly weight: number }[] = [];
  #weight = 0;
  #stride = 1;
  #seen = 0;

  /** @param samples how many rows are wanted; 0 keeps none, infinity keeps all */
  constructor(samples: number) {
    this.#samples = samples;
  }

  /** Weight of the rows that are kept at the moment. */
  get weight(): number {
    return this.#weight;
  }

  /** Offers the next row of the stream; it is made only when it is kept. */
  offer(make: () => Row, weigh: (row: Row) => number): void {
    const kept = this.#samples > 0 && this.#seen % this.#stride === 0;
    this.#seen += 1;
    if (!kept) return;
    const row = make();
    const weight = weigh(row);
    this.#kept.push({ row, weight });
    this.#weight += weight;
    if (this.#kept.length >= 2 * this.#samples) this.#thinOut();
  }

  /** The sample, at most `samples` rows, in the order of the stream; the first row is always among them. */
  rows(): Row[] {
    const indexes = evenIndexes(this.#kept.length, this.#samples);
    return indexes.flatMap((index) => this.#kept[index] ?? []).map((kept) => kept.row);
  }

  #thinOut(): void {
    this.#kept = this.#kept.filter((_, index) => index % 2 === 0);
    this.#weight = this.#kept.reduce((sum, kept) => sum + kept.weight, 0);
    this.#stride *= 2;
  }
}

/** `samples` numbers spread evenly from 0 to `length - 1`, both among them; all when there are no more. */
export function evenIndexes(length: number, samples: number): number[] {
  if (samples >= length) return Array.from({ length }, (_, index) => index);
  if (samples === 1) return [0];
  return Array.from({ length: samples }, (_, index) => Math.round((index * (length - 1)) / (samples - 1)));
}
