import { TriplineError } from '../model/error.ts';

interface Waiting<Item, Answer> {
  readonly item: Item;
  resolve(answer: Answer): void;
  reject(error: unknown): void;
}

/**
 * Does together what many ask for one by one, one batch at a time: what comes while a batch is under way makes up the
 * next one. A single item waits for a turn of the event loop, and many share their cost.
 */
export class Gathered<Item, Answer> {
  readonly #most: number;
  readonly #work: (items: readonly Item[]) => Promise<readonly Answer[]>;
  readonly #waiting: Waiting<Item, Answer>[] = [];
  #working = false;

  /**
   * @param most items in one batch
   * @param work all of it or, when it fails, nothing; answers in the order of the items
   */
  constructor(most: number, work: (items: readonly Item[]) => Promise<readonly Answer[]>) {
    this.#most = most;
    this.#work = work;
  }

  /** Rejects with what kept this item from being done: nobody fails for a neighbour's sake, unless all would. */
  ask(item: Item): Promise<Answer> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ item, resolve, reject });
      if (!this.#working) void this.#workOff();
    });
  }

  async #workOff(): Promise<void> {
    this.#working = true;
    // whoever asks in the same turn comes along
    await new Promise(setImmediate);
    while (this.#waiting.length > 0) await this.#answer(this.#waiting.splice(0, this.#most));
    this.#working = false;
  }

  async #answer(batch: readonly Waiting<Item, Answer>[]): Promise<void> {
    try {
      const answers = await this.#work(batch.map(({ item }) => item));
      for (const [index, { resolve }] of batch.entries()) resolve(answers[index] as Answer);
    } catch (error) {
      if (batch.length === 1 || isOfAll(error)) for (const { reject } of batch) reject(error);
      else for (const one of batch) await this.#answer([one]);
    }
  }
}

/** Whether a fault lies in no item: what cannot be reached for many cannot be reached for one. */
function isOfAll(error: unknown): boolean {
  return error instanceof TriplineError && error.code === 'unavailable';
}
