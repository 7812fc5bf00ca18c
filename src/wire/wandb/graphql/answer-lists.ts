import {
  type GraphQLOutputType,
  getNamedType,
  getNullableType,
  isCompositeType,
  isListType,
  isObjectType,
} from 'graphql';
import { invalid } from '../../../model/error.ts';

/** Members of all lists of one answer together. The largest page that a client reads is a fifth. */
const MOST_MEMBERS = 50_000;
/** Pages of one answer that are read at once: each of them may be the one that makes it too large. */
const PAGES_AT_ONCE = 8;

/**
 * Bounds what the lists of one answer hold together: each has a largest page, but lists within lists multiply, and a
 * project leads to its runs and they to it again.
 */
export class AnswerLists {
  #members = 0;
  #pages = 0;
  readonly #waiting: (() => void)[] = [];

  /** Answers a list as `read` does, if there is room for it. @throws TriplineError invalid */
  async whole(read: () => unknown): Promise<unknown> {
    this.#expectRoom();
    const answer = read();
    // what is there at once is counted at once, before the next is made
    const list = answer instanceof Promise ? await answer : answer;
    this.#members += sizeOf(list);
    this.#expectRoom();
    return list;
  }

  /** The same of a page, which waits for its turn. @throws TriplineError invalid */
  async page(read: () => unknown): Promise<unknown> {
    if (this.#pages === PAGES_AT_ONCE) await new Promise<void>((resolve) => this.#waiting.push(resolve));
    else this.#pages += 1;
    try {
      return await this.whole(read);
    } finally {
      const next = this.#waiting.shift();
      if (next === undefined) this.#pages -= 1;
      else next();
    }
  }

  #expectRoom(): void {
    if (this.#members <= MOST_MEMBERS) return;
    throw invalid(`the lists of this answer have more than ${MOST_MEMBERS} members together: ask for fewer at once`);
  }
}

/** Whether a field answers a list of objects, or a page of one. */
export function isListed(type: GraphQLOutputType): boolean {
  const nullable = getNullableType(type);
  if (isListType(nullable)) return isCompositeType(getNamedType(nullable));
  return isObjectType(nullable) && 'edges' in nullable.getFields();
}

function sizeOf(list: unknown): number {
  if (Array.isArray(list)) return list.length;
  const isPage = typeof list === 'object' && list !== null && 'edges' in list && Array.isArray(list.edges);
  return isPage ? (list.edges as readonly unknown[]).length : 0;
}
