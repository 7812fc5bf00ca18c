import type { Queryable } from '../store/database.ts';
import type { Arrival } from '../store/line-times.ts';
import { arrivalsOf, type RunLine } from '../store/many-lines.ts';

interface Waiting {
  readonly line: RunLine;
  readonly resolve: (arrival: Arrival | undefined) => void;
  readonly reject: (error: unknown) => void;
}

/** When lines of many runs arrived: what is asked at the same time is read in one statement. */
export class Arrivals {
  readonly #database: Queryable;
  #waiting: Waiting[] = [];

  constructor(database: Queryable) {
    this.#database = database;
  }

  of(line: RunLine): Promise<Arrival | undefined> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ line, resolve, reject });
      if (this.#waiting.length === 1) setImmediate(() => void this.#read());
    });
  }

  async #read(): Promise<void> {
    const waiting = this.#waiting;
    this.#waiting = [];
    try {
      const found = await arrivalsOf(
        this.#database,
        waiting.map(({ line }) => line),
      );
      for (const [index, { resolve }] of waiting.entries()) resolve(found[index]);
    } catch (error) {
      for (const { reject } of waiting) reject(error);
    }
  }
}
