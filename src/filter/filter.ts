import type { RE2JS } from 're2js';
import type { Json } from '../model/json.ts';
import type { Field } from './catalogue.ts';

/** A scalar operand as it was written. */
export type Scalar = null | boolean | number | string;

/** One operator with its operand, typed and compiled (automations, section 2.3). */
export type Test =
  | { readonly op: '$eq' | '$ne'; readonly operand: Scalar | readonly Scalar[] }
  | { readonly op: '$gt' | '$gte' | '$lt' | '$lte'; readonly operand: Scalar }
  | { readonly op: '$in' | '$nin' | '$all'; readonly operand: readonly Scalar[] }
  | { readonly op: '$exists'; readonly operand: boolean }
  | { readonly op: '$regex'; readonly operand: string; readonly pattern: RE2JS }
  | { readonly op: '$contains'; readonly operand: string }
  | { readonly op: '$size'; readonly operand: number }
  | { readonly op: '$not'; readonly tests: readonly Test[] };

/** A node of a parsed filter. */
export type FilterNode =
  | { readonly kind: '$and' | '$or' | '$nor'; readonly parts: readonly FilterNode[] }
  | { readonly kind: '$not'; readonly part: FilterNode }
  | { readonly kind: 'field'; readonly field: Field; readonly tests: readonly Test[] };

/** A parsed filter. */
export interface Filter {
  /** The tree exactly as received, to be given back to whoever wrote it. */
  readonly source: Json;
  readonly root: FilterNode;
  /** Canonical names of all fields it looks at: its verdict holds while these do not change. */
  readonly fields: ReadonlySet<string>;
}
