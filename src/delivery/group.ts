import { isRefusal } from './persist.ts';

interface Waiting<Item> {
  readonly item: Item;
  readonly done: () => void;
  readonly failed: (error: unknown) => void;
}

/**
 * Writes items in groups, one group at a time, each with what gathered while the one before was written: a single
 * item waits for nothing, and many share their cost.
 */
export class Group<Item> {
  readonly #write: (items: readonly Item[]) => Promise<void>;
  readonly #most: number;
  #waiting: Waiting<Item>[] = [];
  #writing = false;

  /** @param most items in one group */
  constructor(most: number, write: (items: readonly Item[]) => Promise<void>) {
    this.#most = most;
    this.#write = write;
  }

  /** Settles when the item is written; rejects when that fails. An item that is refused fails alone. */
  add(item: Item): Promise<void> {
    return new Promise((done, failed) => {
      this.#waiting.push({ item, done, failed });
      if (!this.#writing) void this.#writeAll();
    });
  }

  async #writeAll(): Promise<void> {
    this.#writing = true;
    while (this.#waiting.length > 0) await this.#writeSome(this.#waiting.splice(0, this.#most));
    this.#writing = false;
  }

  async #writeSome(group: readonly Waiting<Item>[]): Promise<void> {
    try {
      await this.#write(group.map(({ item }) => item));
      for (const { done } of group) done();
    } catch (error) {
      if (group.length === 1 || !isRefusal(error)) for (const { failed } of group) failed(error);
      else for (const each of group) await this.#writeSome([each]);
    }
  }
}
