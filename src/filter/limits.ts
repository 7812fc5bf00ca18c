import { invalid } from '../model/error.ts';

/** Deepest nesting of filters and conditions. */
export const DEEPEST = 20;
/** Most filters and operators in one tree. */
export const MOST_NODES = 500;
/** Largest tree, in bytes of its JSON text. */
export const LARGEST = 64 * 1024;

/** Counts the nodes of one filter while it is parsed, and refuses what is too deep or too large. */
export class Budget {
  #nodes = 0;

  /** Enters a nested filter or condition. @throws TriplineError invalid */
  enter({ path, depth }: { readonly path: string; readonly depth: number }): void {
    if (depth > DEEPEST) throw invalid(`the filter is nested deeper than ${DEEPEST} levels at ${path}`, path);
  }

  /** Counts a filter or an operator. @throws TriplineError invalid */
  count(path: string): void {
    this.#nodes += 1;
    if (this.#nodes > MOST_NODES) throw invalid(`the filter has more than ${MOST_NODES} conditions`, path);
  }
}
