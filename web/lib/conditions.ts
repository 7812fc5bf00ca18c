import { nameIn } from './name-in.ts';
import { isObject, type Tree } from './trees.ts';

/** A line of a filter: a field, how it is compared, and with what, as it is typed. */
export interface Condition {
  readonly field: string;
  readonly operator: Operator;
  readonly value: string;
}

/** A line that is to be filled in. */
export const ANY: Condition = { field: '', operator: '$eq', value: '' };

type Scalar = null | boolean | number | string;

/** How a condition compares, with its words. */
export const OPERATORS = {
  $eq: 'is',
  $ne: 'is not',
  $regex: 'matches',
  $contains: 'contains',
  $gt: '>',
  $gte: '≥',
  $lt: '<',
  $lte: '≤',
  $in: 'is one of',
  $nin: 'is none of',
  $exists: 'is there',
} as const;

export type Operator = keyof typeof OPERATORS;

const isOperator = nameIn(OPERATORS);

/** Whether an operator takes a text as it is typed, and nothing else. */
const TEXTUAL: ReadonlySet<string> = new Set<Operator>(['$regex', '$contains']);
const LISTS: ReadonlySet<string> = new Set<Operator>(['$in', '$nin']);

/** A part of a filter as a line of the form; `undefined` for what a line cannot say. */
export function conditionOf(part: Tree): Condition | undefined {
  const [[field, asked] = [], ...more] = Object.entries(part);
  if (field === undefined || field.startsWith('$') || more.length > 0) return undefined;
  if (isScalar(asked)) return { field, operator: '$eq', value: textOf(asked) };
  if (!isObject(asked)) return undefined;
  const [[name = '', operand] = [], ...others] = Object.entries(asked);
  if (!isOperator(name) || others.length > 0) return undefined;
  const value = operandText(name, operand);
  return value === undefined ? undefined : { field, operator: name, value };
}

/** What a line lacks, as a sentence; `undefined` when it is complete. */
export function lackOf({ field, operator, value }: Condition): string | undefined {
  if (field.trim() === '') return 'A condition has no field yet: choose one, or remove it.';
  if (value.trim() === '' && operator !== '$exists') return `A value for ${field} is needed.`;
  return undefined;
}

/** The part of a filter that a complete line stands for. */
export function treeOf({ field, operator, value }: Condition): Tree {
  return { [field.trim()]: { [operator]: operandOf(operator, value) } };
}

function operandOf(operator: Operator, value: string): unknown {
  if (TEXTUAL.has(operator)) return value;
  if (LISTS.has(operator)) return (value.match(/\s*"(?:[^"\\]|\\.)*"\s*|[^,]+/g) ?? []).map(scalarOf);
  if (operator === '$exists') return value !== 'false';
  return scalarOf(value);
}

function operandText(operator: Operator, operand: unknown): string | undefined {
  if (TEXTUAL.has(operator)) return typeof operand === 'string' && operand.trim() !== '' ? operand : undefined;
  if (operator === '$exists') return typeof operand === 'boolean' ? String(operand) : undefined;
  if (!LISTS.has(operator)) return isScalar(operand) ? textOf(operand) : undefined;
  if (!Array.isArray(operand) || operand.length === 0 || !operand.every(isScalar)) return undefined;
  return operand
    .map((each) => (typeof each === 'string' && each.includes(',') ? JSON.stringify(each) : textOf(each)))
    .join(', ');
}

/** What reads as a number, a truth or a text in quotes is one; all else is a text. */
function scalarOf(text: string): Scalar {
  const trimmed = text.trim();
  try {
    const value: unknown = JSON.parse(trimmed);
    if (isScalar(value)) return value;
  } catch {
    // a text without quotes
  }
  return trimmed;
}

/** The text that {@link scalarOf} reads so: in quotes where it would be something else. */
function textOf(value: Scalar): string {
  if (typeof value !== 'string') return String(value);
  return scalarOf(value) === value && value !== '' ? value : JSON.stringify(value);
}

function isScalar(value: unknown): value is Scalar {
  return value === null || ['boolean', 'number', 'string'].includes(typeof value);
}
