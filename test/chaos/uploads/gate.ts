/** Lets requests begin while the server is there, and knows when none is under way. */
export class Gate {
  #opened: Promise<void> = Promise.resolve();
  #open: () => void = () => {};
  readonly #underWay = new Set<Promise<unknown>>();

  /** Waits until the gate is open. */
  async pass<T>(request: () => Promise<T>): Promise<T> {
    await this.#opened;
    const running = request();
    this.#underWay.add(running);
    try {
      return await running;
    } finally {
      this.#underWay.delete(running);
    }
  }

  close(): void {
    this.#opened = new Promise((resolve) => {
      this.#open = resolve;
    });
  }

  /** Resolves when what was under way has been answered, or has failed. */
  async quiet(): Promise<void> {
    await Promise.allSettled(this.#underWay);
  }

  open(): void {
    this.#open();
  }
}
