/** Leaves a room again, once. */
type Leave = () => void;

interface Waiting {
  readonly bytes: number;
  enter(leave: Leave): void;
}

/** Memory of which many take some: all of it together is bounded. */
export class MemoryRoom {
  #free: number;
  readonly #waiting: Waiting[] = [];

  /** @param size bytes */
  constructor(size: number) {
    this.#free = size;
  }

  /** Takes some of it at once. @returns `undefined` when there is not so much, or others wait for it */
  take(bytes: number): Leave | undefined {
    return this.#waiting.length > 0 || bytes > this.#free ? undefined : this.#give(bytes);
  }

  /** Takes some of it after all who came before. @param bytes no more than there are in all */
  enter(bytes: number): Promise<Leave> {
    return new Promise((enter) => {
      this.#waiting.push({ bytes, enter });
      this.#admit();
    });
  }

  #admit(): void {
    for (let [first] = this.#waiting; first !== undefined && first.bytes <= this.#free; [first] = this.#waiting) {
      this.#waiting.shift();
      first.enter(this.#give(first.bytes));
    }
  }

  #give(bytes: number): Leave {
    this.#free -= bytes;
    return () => {
      this.#free += bytes;
      this.#admit();
    };
  }
}
