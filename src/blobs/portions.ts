/** Memory that streams share evenly: the more there are, the less each of them holds at once. */
export class Portions {
  readonly #size: number;
  readonly #largest: number;
  readonly #least: number;
  #streams = 0;

  /** @param size bytes, of all together */
  constructor(size: number, { least, largest }: { readonly least: number; readonly largest: number }) {
    this.#size = size;
    this.#least = least;
    this.#largest = largest;
  }

  /** What a stream may hold now, in bytes. */
  get portion(): number {
    const even = Math.floor(this.#size / Math.max(this.#streams, 1));
    return Math.min(Math.max(even, this.#least), this.#largest);
  }

  /** One more stream. @returns what tells that it has ended */
  join(): () => void {
    this.#streams += 1;
    return () => {
      this.#streams -= 1;
    };
  }
}
