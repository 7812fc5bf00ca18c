/** The first bytes of a body, read as UTF-8. */
export class BoundedBody {
  readonly #limit: number;
  readonly #chunks: Uint8Array[] = [];
  #length = 0;

  /** @param limit in bytes */
  constructor(limit: number) {
    this.#limit = limit;
  }

  add(chunk: Uint8Array): void {
    this.#chunks.push(chunk);
    this.#length += chunk.length;
  }

  /** Whether more came than is kept: the rest need not be read. */
  get truncated(): boolean {
    return this.#length > this.#limit;
  }

  get text(): string {
    const kept = Buffer.concat(this.#chunks).subarray(0, this.#limit);
    // a character that the cut divides is left out
    return new TextDecoder('utf-8').decode(kept, { stream: this.truncated });
  }
}
