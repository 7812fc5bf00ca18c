import type { Json } from '../model/json.ts';

/** What stands after a `|` inside the braces (automations, section 4.3). */
export type Expression =
  | { readonly kind: 'json' }
  | { readonly kind: 'upper' }
  | { readonly kind: 'default'; readonly value: null | boolean | number | string }
  | { readonly kind: 'truncate'; readonly length: number }
  | { readonly kind: 'round'; readonly digits: number };

/** A piece of a text: literal, `${name | …}`, `$NAME` (a secret's, if there is one), or a reference nobody can read. */
export type Part =
  | { readonly kind: 'literal'; readonly text: string }
  | {
      readonly kind: 'variable';
      readonly name: string;
      readonly expressions: readonly Expression[];
      readonly written: string;
    }
  | { readonly kind: 'bare'; readonly name: string; readonly written: string }
  | { readonly kind: 'unreadable'; readonly written: string };

/** A text with its pieces found. */
export type Text = readonly Part[];

/** A JSON document whose texts and keys have been parsed. */
export type TemplateNode =
  | { readonly kind: 'text'; readonly text: Text }
  | { readonly kind: 'array'; readonly items: readonly TemplateNode[] }
  | { readonly kind: 'object'; readonly members: readonly (readonly [key: Text, value: TemplateNode])[] }
  | { readonly kind: 'constant'; readonly value: null | boolean | number };

/** A parsed payload template. */
export interface Template {
  /** The document exactly as received. */
  readonly source: Json;
  readonly root: TemplateNode;
}

/** What the variables of one event are. */
export interface Variables {
  /**
   * Names that mean something in any event: `alias`, and `run_config.*` for a tree. A known name without a
   * value renders as nothing; an unknown one is left as it stands.
   */
  readonly known: ReadonlySet<string>;
  /** The value of a name; `undefined` when this event has none. */
  lookup(name: string): Json | undefined;
}

/** Whether a name, or the tree it lies in, is known. */
export function isKnown(name: string, known: ReadonlySet<string>): boolean {
  const dot = name.indexOf('.');
  return known.has(name) || (dot > 0 && known.has(`${name.slice(0, dot)}.*`));
}
