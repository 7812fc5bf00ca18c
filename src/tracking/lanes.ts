/** Does work as often at once as there are lanes, for as long as there is some. */
export class Lanes {
  readonly #count: number;
  readonly #next: () => Promise<void> | undefined;
  #busy = 0;

  /** @param next starts the next piece of work; `undefined` when there is none. What it starts must not reject. */
  constructor(count: number, next: () => Promise<void> | undefined) {
    this.#count = count;
    this.#next = next;
  }

  /** Call it when there may be new work. */
  fill(): void {
    while (this.#busy < this.#count) {
      const work = this.#next();
      if (work === undefined) return;
      this.#busy += 1;
      void work.then(() => {
        this.#busy -= 1;
        this.fill();
      });
    }
  }
}
