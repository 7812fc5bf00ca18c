import { beginningOf } from '../filter/beginning-of.ts';
import type { FilterNode, Scalar, Test } from '../filter/filter.ts';
import { isStorable } from '../model/storable.ts';

/** How fields of metadata begin. */
export const METADATA = 'metadata.';

/** What whatever matches a filter has: an alias, or at a path of its metadata one of some values or one in a range. */
export type SoughtTerm = { readonly kind: 'alias'; readonly alias: string } | MetadataTerm | TextTerm;

/** A text at a path of its metadata that meets a condition, of those that begin in some way. */
export interface TextTerm {
  readonly kind: 'texts';
  readonly path: string;
  readonly begins: string;
  holds(text: string): boolean;
}

/** A value of the metadata at a path, or the size. */
export type MetadataTerm =
  | { readonly kind: 'values'; readonly path: TermPath; readonly values: readonly PlainValue[] }
  | { readonly kind: 'range'; readonly path: TermPath; readonly op: RangeOp; readonly bound: string | number };

/** Stands where a path of metadata may for the size of a version. */
export const SIZE = Symbol('size');
export type TermPath = string | typeof SIZE;

export type PlainValue = boolean | number | string;
type RangeOp = '$gt' | '$gte' | '$lt' | '$lte';

/** Of more values than these each version is looked at instead. */
const MOST_VALUES = 50;

/** What all that matches a filter has, each by itself. */
export function soughtTerms(node: FilterNode): SoughtTerm[] {
  if (node.kind === '$and') return node.parts.flatMap(soughtTerms);
  if (node.kind !== 'field') return [];
  return node.tests.flatMap((test) => termOf(node.field.name, test) ?? []);
}

function termOf(field: string, test: Test): SoughtTerm | undefined {
  if (field === 'alias') {
    const alias = test.op === '$eq' ? test.operand : undefined;
    return typeof alias === 'string' && isStorable(alias) ? { kind: 'alias', alias } : undefined;
  }
  if (field === 'size') return sizeTermOf(test);
  const path = field.slice(METADATA.length);
  return field.startsWith(METADATA) && isStorable(path) ? metadataTermOf(path, test) : undefined;
}

/** A size is a number: what is compared with anything else is left to the filter. */
function sizeTermOf(test: Test): MetadataTerm | undefined {
  const term = valueTermOf(SIZE, test);
  const operands = term?.kind === 'values' ? term.values : [term?.bound];
  return operands.every((operand) => typeof operand === 'number') ? term : undefined;
}

function metadataTermOf(path: string, test: Test): MetadataTerm | TextTerm | undefined {
  switch (test.op) {
    case '$regex': {
      const { pattern } = test;
      const begins = beginningOf(pattern);
      if (!isStorable(begins)) return undefined;
      return { kind: 'texts', path, begins, holds: (text) => pattern.test(text) };
    }
    case '$contains':
      return { kind: 'texts', path, begins: '', holds: (text) => text.includes(test.operand) };
    default:
      return valueTermOf(path, test);
  }
}

function valueTermOf(path: TermPath, test: Test): MetadataTerm | undefined {
  switch (test.op) {
    case '$eq':
      return isPlain(test.operand) ? { kind: 'values', path, values: [test.operand] } : undefined;
    case '$in': {
      const values = test.operand.filter(isPlain);
      const isAll = values.length === test.operand.length && values.length > 0 && values.length <= MOST_VALUES;
      return isAll ? { kind: 'values', path, values } : undefined;
    }
    case '$gt':
    case '$gte':
    case '$lt':
    case '$lte': {
      const bound = test.operand;
      return isPlain(bound) && typeof bound !== 'boolean' ? { kind: 'range', path, op: test.op, bound } : undefined;
    }
    default:
      return undefined;
  }
}

function isPlain(value: Scalar | readonly Scalar[]): value is PlainValue {
  if (typeof value === 'string') return isStorable(value);
  return typeof value === 'boolean' || (typeof value === 'number' && Number.isFinite(value));
}

/** Whether having all of its {@link soughtTerms} is just what a filter asks, where no two values have the same path. */
export function areAllTerms(node: FilterNode): boolean {
  if (node.kind === '$and') return node.parts.every(areAllTerms);
  if (node.kind !== 'field') return false;
  return node.tests.every((test) => {
    const term = termOf(node.field.name, test);
    return term !== undefined && (term.kind === 'alias' || !(isWidened(term) || isMark(term.path)));
  });
}

/** Whether what lies there may be the mark of a number that JSON cannot write, which is no text to the filter. */
function isMark(path: TermPath): boolean {
  return path !== SIZE && (path === '~' || path.endsWith('.~'));
}

/** Whether whatever matches a filter has one of some values in one of these fields. */
export function asksOneOf(node: FilterNode, fields: ReadonlySet<string>): boolean {
  if (node.kind === '$and') return node.parts.some((part) => asksOneOf(part, fields));
  if (node.kind !== 'field' || !fields.has(node.field.name)) return false;
  return node.tests.some(({ op }) => op === '$eq' || op === '$in');
}

/** As many characters of a text are kept in order (`metadata_start`). */
const KEPT = 64;

/** Whether a range is of texts so long that what begins like its bound may lie on either side of it. */
export function isWidened(term: MetadataTerm | TextTerm): boolean {
  return term.kind === 'range' && typeof term.bound === 'string' && term.bound.length >= KEPT;
}
