import type { Json } from '../model/json.ts';
import type { Field } from './catalogue.ts';
import type { Filter, FilterNode, Scalar, Test } from './filter.ts';
import { parseIso } from './instant.ts';

/** What is true of a subject: the value of a field by canonical name, `undefined` when it has none. */
export type Facts = (field: string) => Json | undefined;

/** Whether a subject matches a filter (automations, section 2.3). */
export function matches(filter: Filter, facts: Facts): boolean {
  return holds(filter.root, facts);
}

function holds(node: FilterNode, facts: Facts): boolean {
  switch (node.kind) {
    case '$and':
      return node.parts.every((part) => holds(part, facts));
    case '$or':
      return node.parts.some((part) => holds(part, facts));
    case '$nor':
      return !node.parts.some((part) => holds(part, facts));
    case '$not':
      return !holds(node.part, facts);
    case 'field': {
      const value = factOf(node.field, facts);
      return node.tests.every((test) => passes(test, value, node.field));
    }
  }
}

/** What is true of the subject in a field. */
export function factOf(field: Field, facts: Facts): Json | undefined {
  const literal = field.literal === undefined ? undefined : facts(field.literal);
  return literal ?? facts(field.name);
}

/** Whether a value passes one operator of a condition. */
export function passes(test: Test, value: Json | undefined, field: Field): boolean {
  switch (test.op) {
    case '$eq':
      return equals(value, test.operand, field);
    case '$ne':
      return !equals(value, test.operand, field);
    case '$gt':
    case '$gte':
    case '$lt':
    case '$lte':
      return elements(value).some((item) => ordered(test.op, comparable(item, field), comparable(test.operand, field)));
    case '$in':
      return test.operand.some((operand) => equals(value, operand, field));
    case '$nin':
      return !test.operand.some((operand) => equals(value, operand, field));
    case '$all':
      return value !== undefined && test.operand.every((operand) => equals(value, operand, field));
    case '$exists':
      return isPresent(value, field) === test.operand;
    case '$regex':
      return elements(value).some((item) => typeof item === 'string' && test.pattern.test(item));
    case '$contains':
      return elements(value).some((item) => typeof item === 'string' && item.includes(test.operand));
    case '$size':
      return Array.isArray(value) && value.length === test.operand;
    case '$not':
      return !test.tests.every((inner) => passes(inner, value, field));
  }
}

/** The values that a condition looks at: those of a list, or the one. */
function elements(value: Json | undefined): readonly Json[] {
  if (value === undefined) return [];
  return Array.isArray(value) ? value : [value as Json];
}

function isPresent(value: Json | undefined, field: Field): boolean {
  return value !== undefined && !(field.kind === 'set' && Array.isArray(value) && value.length === 0);
}

function equals(value: Json | undefined, operand: Scalar | readonly Scalar[], field: Field): boolean {
  if (!isList(operand)) {
    return elements(value).some((item) => comparable(item, field) === comparable(operand, field));
  }
  if (Array.isArray(value)) return sameSet(value, operand, field);
  return value !== undefined && operand.length === 1 && equals(value, operand[0] ?? null, field);
}

function sameSet(value: readonly Json[], operand: readonly Scalar[], field: Field): boolean {
  const held = new Set(value.map((item) => comparable(item, field)));
  const wanted = new Set<Json>(operand.map((item) => comparable(item, field)));
  return held.size === wanted.size && [...wanted].every((item) => held.has(item));
}

function isList(operand: Scalar | readonly Scalar[]): operand is readonly Scalar[] {
  return Array.isArray(operand);
}

/** Instants are compared as milliseconds, everything else as it is. */
function comparable(item: Json, field: Field): Json {
  return field.kind === 'instant' && typeof item === 'string' ? (parseIso(item) ?? item) : item;
}

function ordered(op: '$gt' | '$gte' | '$lt' | '$lte', value: Json, operand: Json): boolean {
  const order = compare(value, operand);
  if (order === undefined) return false;
  switch (op) {
    case '$gt':
      return order > 0;
    case '$gte':
      return order >= 0;
    case '$lt':
      return order < 0;
    case '$lte':
      return order <= 0;
  }
}

/** Order of two values of the same type; `undefined` when they have none (different types, NaN). */
function compare(left: Json, right: Json): number | undefined {
  if (typeof left === 'number' && typeof right === 'number') {
    return left === right ? 0 : left < right ? -1 : left > right ? 1 : undefined;
  }
  if (typeof left === 'string' && typeof right === 'string') return compareText(left, right);
  if (typeof left === 'boolean' && typeof right === 'boolean') return Number(left) - Number(right);
  return undefined;
}

/** By code point: JavaScript's own order goes by UTF-16 unit, which differs above U+FFFF. */
function compareText(left: string, right: string): number {
  const shorter = Math.min(left.length, right.length);
  let at = 0;
  while (at < shorter && left.charCodeAt(at) === right.charCodeAt(at)) at += 1;
  if (at === shorter) return left.length - right.length;
  if (splitsPair(left, at) || splitsPair(right, at)) at -= 1;
  return (left.codePointAt(at) ?? 0) - (right.codePointAt(at) ?? 0);
}

function splitsPair(text: string, at: number): boolean {
  return at > 0 && (text.codePointAt(at - 1) ?? 0) > 0xffff;
}
