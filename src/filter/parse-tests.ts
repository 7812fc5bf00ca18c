import { invalid } from '../model/error.ts';
import { isJsonObject, type Json } from '../model/json.ts';
import type { Field } from './catalogue.ts';
import type { Scalar, Test } from './filter.ts';
import { parseIso } from './instant.ts';
import type { Budget } from './limits.ts';
import { compilePattern } from './pattern.ts';

/** Most elements of an `$in`, `$nin`, `$all` or array equality. */
export const MOST_ELEMENTS = 1000;

const NAMES = '$eq, $ne, $gt, $gte, $lt, $lte, $in, $nin, $exists, $regex, $contains, $all, $size, $not';

/** Where a condition stands. */
export interface Spot {
  readonly path: string;
  readonly depth: number;
  /** Whether an even number of negations lies above it: what never holds here makes a silent filter. */
  readonly positive: boolean;
  /** Whether a silent filter is none to refuse. */
  readonly matchNothing: boolean;
}

/** Whether what never holds at a spot is a mistake: the filter could never match. */
export function isSilent({ positive, matchNothing }: Spot): boolean {
  return positive && !matchNothing;
}

/**
 * Parses the condition on one field: a scalar, an array (equality), or an object of operators.
 *
 * @throws TriplineError invalid
 */
export function parseTests(condition: Json, field: Field, spot: Spot, budget: Budget): readonly Test[] {
  budget.enter(spot);
  if (!isJsonObject(condition)) return [parseTest('$eq', condition, field, spot, budget)];
  const members = Object.entries(condition);
  if (members.length === 0) throw invalid(`${spot.path} is an empty condition; give it an operator`, spot.path);
  return members.map(([op, operand]) => parseTest(op, operand, field, { ...spot, path: `${spot.path}.${op}` }, budget));
}

function parseTest(op: string, operand: Json, field: Field, spot: Spot, budget: Budget): Test {
  budget.count(spot.path);
  switch (op) {
    case '$eq':
    case '$ne':
      return { op, operand: Array.isArray(operand) ? scalars(operand, field, spot) : scalar(operand, field, spot) };
    case '$gt':
    case '$gte':
    case '$lt':
    case '$lte':
      return { op, operand: scalar(operand, field, spot) };
    case '$in':
    case '$nin':
    case '$all':
      return list(op, operand, field, spot);
    case '$exists':
      if (typeof operand !== 'boolean') throw invalid(`${spot.path} must be true or false`, spot.path);
      return { op, operand };
    case '$regex':
      return { op, operand: text(operand, spot), pattern: compilePattern(text(operand, spot), spot.path) };
    case '$contains':
      return { op, operand: text(operand, spot) };
    case '$size':
      return { op, operand: count(operand, spot) };
    case '$not': {
      const below = { ...spot, depth: spot.depth + 1, positive: !spot.positive };
      return { op, tests: parseTests(operand, field, below, budget) };
    }
    default:
      throw invalid(`unknown operator '${op}' at ${spot.path}; known are ${NAMES}`, spot.path);
  }
}

function list(op: '$in' | '$nin' | '$all', operand: Json, field: Field, spot: Spot): Test {
  if (!Array.isArray(operand)) throw invalid(`${spot.path} must be an array`, spot.path);
  if (operand.length === 0 && op === '$in' && isSilent(spot)) {
    throw invalid(`${spot.path} is empty: this filter can never match`, spot.path);
  }
  return { op, operand: scalars(operand, field, spot) };
}

function scalars(operand: readonly Json[], field: Field, spot: Spot): readonly Scalar[] {
  if (operand.length > MOST_ELEMENTS) {
    throw invalid(`${spot.path} has ${operand.length} elements; at most ${MOST_ELEMENTS} are allowed`, spot.path);
  }
  return operand.map((item, index) => scalar(item, field, { ...spot, path: `${spot.path}[${index}]` }));
}

function scalar(operand: Json, field: Field, { path }: Spot): Scalar {
  if (typeof operand === 'object' && operand !== null) {
    throw invalid(`${path} must be a text, a number, a boolean or null`, path);
  }
  if (typeof operand === 'number' && !Number.isFinite(operand)) throw invalid(`${path} must be a finite number`, path);
  if (field.kind === 'instant' && operand !== null) {
    if (typeof operand !== 'string' || parseIso(operand) === undefined) {
      throw invalid(`${path} must be an instant in ISO 8601, for instance 2026-11-23T07:41:30Z`, path);
    }
  }
  return operand;
}

function count(operand: Json, { path }: Spot): number {
  if (typeof operand === 'number' && Number.isSafeInteger(operand) && operand >= 0) return operand;
  throw invalid(`${path} must be an integer, 0 or more`, path);
}

function text(operand: Json, { path }: Spot): string {
  if (typeof operand === 'string') return operand;
  throw invalid(`${path} must be a text`, path);
}
