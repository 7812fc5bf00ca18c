interface Waiting<Value> {
  resolve(value: Value | undefined): void;
  reject(error: unknown): void;
}

/**
 * Loads values that many resolvers ask for one by one with one statement: what is asked for in one turn of the
 * event loop travels together.
 */
export class Batch<Item, Value> {
  readonly #nameOf: (item: Item) => string;
  readonly #load: (items: readonly Item[]) => Promise<ReadonlyMap<string, Value>>;
  #open = new Map<string, { readonly item: Item; readonly waiting: Waiting<Value>[] }>();

  /**
   * @param nameOf tells items apart
   * @param load the values by name; what has none is missing
   */
  constructor(nameOf: (item: Item) => string, load: (items: readonly Item[]) => Promise<ReadonlyMap<string, Value>>) {
    this.#nameOf = nameOf;
    this.#load = load;
  }

  load(item: Item): Promise<Value | undefined> {
    if (this.#open.size === 0) setImmediate(() => this.#send());
    const name = this.#nameOf(item);
    const entry = this.#open.get(name) ?? { item, waiting: [] };
    this.#open.set(name, entry);
    return new Promise((resolve, reject) => entry.waiting.push({ resolve, reject }));
  }

  #send(): void {
    const sent = this.#open;
    this.#open = new Map();
    this.#load([...sent.values()].map(({ item }) => item)).then(
      (values) => {
        for (const [name, { waiting }] of sent) for (const { resolve } of waiting) resolve(values.get(name));
      },
      (error: unknown) => {
        for (const { waiting } of sent.values()) for (const { reject } of waiting) reject(error);
      },
    );
  }
}
