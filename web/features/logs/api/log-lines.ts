import type { LogLine, LogPage } from '../../../lib/api/generated.ts';

/** Lines asked for at once. */
export const PAGE = 500;
/** Pages kept: whoever looks at more has those read again that lie farthest away. */
const MOST_PAGES = 100;

/** How lines are asked for: from a number on, what is new since a revision, or the last ones. */
export type AskLines = (query: {
  readonly from?: number;
  readonly limit?: number;
  readonly since?: string;
}) => Promise<LogPage>;

/** What is known of a console at a moment. */
export interface KnownLines {
  /** How many there are; `undefined` before the first answer. */
  readonly total: number | undefined;
  /** The last fault in reading some; `null` when all is well. */
  readonly fault: unknown;
  /** A line by its number; `undefined` for one that is not read yet, `null` for one that is not there. */
  readonly at: (number: number) => LogLine | null | undefined;
}

/** The lines of a console, of which those are read that somebody looks at. */
export class LogLines {
  readonly #ask: AskLines;
  readonly #listeners = new Set<() => void>();
  readonly #pages = new Map<number, Map<number, LogLine>>();
  readonly #loading = new Set<number>();
  #total: number | undefined;
  #revision: string | undefined;
  /** Grows with each change that is told. */
  #changes = 0;
  #known: KnownLines;

  constructor(ask: AskLines) {
    this.#ask = ask;
    this.#known = this.#snapshot(null);
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  readonly known = (): KnownLines => this.#known;

  /** Reads what is new: everything at first, then only what was written since. @returns how many lines there are */
  async refresh(): Promise<number> {
    const answer = await this.#ask(this.#revision === undefined ? {} : { since: this.#revision });
    const { items, changedFrom } = answer;
    const isFirst = this.#revision === undefined;
    this.#revision = answer.revision ?? this.#revision;
    this.#total = answer.total;
    const from = items[0]?.number ?? answer.total;
    const changed = isFirst ? from : (changedFrom ?? answer.total);
    if (changedFrom !== null) this.#changes += 1;
    if (changed < from) this.#drop(changed, from);
    this.#add(from, answer.total, items);
    this.#tell(null);
    return answer.total;
  }

  /** Reads the lines from one number on and before another, as far as they are not known. */
  want(from: number, before: number): void {
    const end = Math.min(before, this.#total ?? 0);
    for (let page = pageOf(from); page * PAGE < end; page += 1) {
      if (!this.#pages.has(page) && !this.#loading.has(page)) void this.#load(page);
    }
    this.#forget(pageOf(from));
  }

  /** Forgets a fault, so that what could not be read is tried again. */
  retry(): void {
    this.#tell(null);
  }

  async #load(page: number): Promise<void> {
    this.#loading.add(page);
    const asked = this.#changes;
    try {
      const { items, total } = await this.#ask({ from: page * PAGE, limit: PAGE });
      // what was written meanwhile may be missing in it
      const isOld = asked !== this.#changes && (page + 1) * PAGE > total - PAGE;
      if (!isOld) this.#add(page * PAGE, Math.min((page + 1) * PAGE, total), items);
      this.#loading.delete(page);
      this.#tell(null);
    } catch (fault) {
      this.#loading.delete(page);
      this.#tell(fault);
    }
  }

  /** Takes in everything that there is from one number on and before another. */
  #add(from: number, before: number, items: readonly LogLine[]): void {
    for (let page = pageOf(from); page * PAGE < before; page += 1) {
      // the start of a page may be unknown: then it is read as a whole
      if (!this.#pages.has(page) && page * PAGE >= from) this.#pages.set(page, new Map());
    }
    for (const line of items) this.#pages.get(pageOf(line.number))?.set(line.number, line);
  }

  /** More was written than an answer holds: what lies before it is read when somebody looks at it. */
  #drop(from: number, before: number): void {
    for (let page = pageOf(from); page * PAGE < before; page += 1) this.#pages.delete(page);
  }

  #forget(around: number): void {
    const far = [...this.#pages.keys()].toSorted((one, other) => Math.abs(other - around) - Math.abs(one - around));
    for (const page of far.slice(0, Math.max(0, far.length - MOST_PAGES))) this.#pages.delete(page);
  }

  #tell(fault: unknown): void {
    this.#known = this.#snapshot(fault);
    for (const listener of this.#listeners) listener();
  }

  #snapshot(fault: unknown): KnownLines {
    const at = (number: number) => {
      const page = this.#pages.get(pageOf(number));
      return page === undefined ? undefined : (page.get(number) ?? null);
    };
    return { total: this.#total, fault, at };
  }
}

function pageOf(number: number): number {
  return Math.floor(number / PAGE);
}
