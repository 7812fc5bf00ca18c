/** Frames without a move after which nobody moves any more. By frames: on a busy machine, moves are as far apart as these. */
const FRAMES = 8;

/** Knows whether something moves. */
export class Stillness {
  readonly #onStill: () => void;
  #left = 0;
  #frame: number | undefined;

  /** @param onStill told once nothing moves any more */
  constructor(onStill: () => void) {
    this.#onStill = onStill;
  }

  get isMoving(): boolean {
    return this.#frame !== undefined;
  }

  /** Something moves. */
  moves(): void {
    this.#left = FRAMES;
    this.#frame ??= requestAnimationFrame(() => this.#pass());
  }

  /** Nothing moves any more, and nobody is told. */
  end(): void {
    if (this.#frame !== undefined) cancelAnimationFrame(this.#frame);
    this.#frame = undefined;
  }

  #pass(): void {
    this.#left -= 1;
    this.#frame = this.#left > 0 ? requestAnimationFrame(() => this.#pass()) : undefined;
    if (this.#frame === undefined) this.#onStill();
  }
}
