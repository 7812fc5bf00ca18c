import type { Field } from '../filter/catalogue.ts';

/** Collects the parameters of a statement that is put together. */
export class Parameters {
  readonly #values: unknown[] = [];

  /** Adds a value; the text to write in its place, with its type. */
  add(value: unknown, type: string): string {
    return `$${this.#values.push(value)}::${type}`;
  }

  /** The finished statement with the values it really uses: PostgreSQL takes no others. */
  finish(sql: string): [sql: string, values: unknown[]] {
    const numbers = new Map<number, number>();
    const text = sql.replaceAll(/\$(\d+)::/g, (_match, digits: string) => {
      const old = Number(digits);
      const known = numbers.get(old) ?? numbers.size + 1;
      numbers.set(old, known);
      return `$${known}::`;
    });
    return [text, [...numbers.keys()].map((number) => this.#values[number - 1])];
  }
}

/** How a field stands in the tables of a list. */
export type ListColumn =
  | { readonly kind: 'instant' | 'number'; readonly sql: string; readonly nullable: boolean }
  | {
      readonly kind: 'text';
      readonly sql: string;
      readonly nullable: boolean;
      /** Where it stands for what an index has: that it is one of some texts. */
      among?(operands: string): string;
    }
  | {
      readonly kind: 'tags';
      readonly sql: string;
      /** Where they lie in a table of their own: that one of them is among some, without reading all. */
      among?(operands: string): string;
    }
  /** `jsonb`, null where there is no such key. */
  | { readonly kind: 'tree'; readonly sql: string; readonly exact: boolean };

/** Where a field is read; `undefined` for what no column holds. */
export type ColumnOf = (field: Field, parameters: Parameters) => ListColumn | undefined;

/** Paths of more parts have too many readings to try all of them in SQL. */
const MOST_PARTS = 4;

/** The value at a dotted path of a `jsonb` column just as the filter language finds it, where SQL can say that. */
export function exactMemberOf(
  tree: string,
  path: string,
  parameters: Parameters,
): { readonly sql: string; readonly exact: boolean } {
  const parts = path.split('.');
  // what marks a number that JSON cannot write is no key
  const isMark = parts.at(-1) === '~';
  if (parts.length === 1 || parts.length > MOST_PARTS || isMark) {
    return { sql: memberOf(tree, path, parameters), exact: parts.length === 1 && !isMark };
  }
  return { sql: `coalesce(${readings(tree, parts, parameters).join(', ')})`, exact: true };
}

/** In the order in which the filter language tries them: keys may hold dots themselves. */
function readings(tree: string, parts: readonly string[], parameters: Parameters): string[] {
  const whole = `${tree} -> ${parameters.add(parts.join('.'), 'text')}`;
  const split = parts.slice(1).flatMap((_, index) => {
    const head = `${tree} -> ${parameters.add(parts.slice(0, index + 1).join('.'), 'text')}`;
    return readings(head, parts.slice(index + 1), parameters);
  });
  return [whole, ...split];
}

/** The value at a dotted path of a `jsonb` column: as one key, or else member by member. */
export function memberOf(tree: string, path: string, parameters: Parameters): string {
  const whole = `${tree} -> ${parameters.add(path, 'text')}`;
  return path.includes('.') ? `coalesce(${whole}, ${tree} #> ${parameters.add(path.split('.'), 'text[]')})` : whole;
}
