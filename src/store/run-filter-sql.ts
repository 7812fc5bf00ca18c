import type { Field } from '../filter/catalogue.ts';
import type { FilterNode, Scalar, Test } from '../filter/filter.ts';
import { parseIso } from '../filter/instant.ts';
import { type NeededTexts, neededTexts } from '../filter/needed-texts.ts';
import { isStorable } from '../model/storable.ts';
import type { ColumnOf, ListColumn, Parameters } from './list-columns.ts';

/** A condition in SQL: always true or false, never null. */
export interface SqlCondition {
  readonly sql: string;
  /** Whether it holds exactly where the filter does. If not, it also lets others through, never fewer. */
  readonly exact: boolean;
}

const ALL: SqlCondition = { sql: 'true', exact: false };

/**
 * A filter as far as SQL means exactly the same (data model, section 8); the rest is evaluated on what is left.
 * Regular expressions but for the texts that they need, mixed lists and keys with dots stay behind.
 */
export function filterToSql(node: FilterNode, parameters: Parameters, columnOf: ColumnOf): SqlCondition {
  switch (node.kind) {
    case '$and':
      return all(node.parts.map((part) => filterToSql(part, parameters, columnOf)));
    case '$or':
      return any(node.parts.map((part) => filterToSql(part, parameters, columnOf)));
    case '$nor':
      return not(any(node.parts.map((part) => filterToSql(part, parameters, columnOf))));
    case '$not':
      return not(filterToSql(node.part, parameters, columnOf));
    case 'field': {
      const column = isStorable(node.field.name) ? columnOf(node.field, parameters) : undefined;
      return column === undefined
        ? ALL
        : all(node.tests.map((test) => testToSql(test, column, node.field, parameters)));
    }
  }
}

function all(parts: readonly SqlCondition[]): SqlCondition {
  if (parts.length === 0) return { sql: 'true', exact: true };
  return { sql: `(${parts.map((part) => part.sql).join(' and ')})`, exact: parts.every((part) => part.exact) };
}

function any(parts: readonly SqlCondition[]): SqlCondition {
  if (parts.length === 0) return { sql: 'false', exact: true };
  return { sql: `(${parts.map((part) => part.sql).join(' or ')})`, exact: parts.every((part) => part.exact) };
}

/** The opposite of what lets too many through would let too few through. */
function not(part: SqlCondition): SqlCondition {
  return part.exact ? { sql: `not ${part.sql}`, exact: true } : ALL;
}

function testToSql(test: Test, column: ListColumn, field: Field, parameters: Parameters): SqlCondition {
  if (test.op === '$not') return not(all(test.tests.map((inner) => testToSql(inner, column, field, parameters))));
  if (test.op === '$regex') return needed(neededTexts(test.pattern), column, field, parameters);
  if (!isSendable(test)) return ALL;
  const sql = conditionOn(column, test, parameters);
  if (sql === undefined) return ALL;
  if (column.kind === 'tree' && !column.exact) return ALL;
  // a condition on rows elsewhere is never null, and bare it may decide which rows are read at all
  const isBare = 'among' in column && column.among !== undefined;
  return { sql: isBare ? `(${sql})` : `coalesce(${sql}, false)`, exact: true };
}

/** Of a pattern SQL says what every match holds, so that few are left to be matched. */
function needed(
  texts: NeededTexts | undefined,
  column: ListColumn,
  field: Field,
  parameters: Parameters,
): SqlCondition {
  if (texts === undefined) return ALL;
  if (texts.kind === 'text') {
    const held = testToSql({ op: '$contains', operand: texts.text }, column, field, parameters);
    return { sql: held.sql, exact: false };
  }
  const parts = texts.parts.map((part) => needed(part, column, field, parameters));
  return texts.kind === 'all' ? all(parts) : any(parts);
}

function conditionOn(column: ListColumn, test: Test, parameters: Parameters): string | undefined {
  switch (column.kind) {
    case 'text':
      return onText(column, test, parameters);
    case 'instant':
      return onInstant(column.sql, test, parameters);
    case 'number':
      return onNumber(column.sql, test, parameters);
    case 'tags':
      return onTags(column, test, parameters);
    case 'tree':
      return onTree(`(${column.sql})`, test, parameters);
  }
}

const COMPARISONS = { $gt: '>', $gte: '>=', $lt: '<', $lte: '<=' } as const;

type TextColumn = Extract<ListColumn, { kind: 'text' }>;

function onText(column: TextColumn, test: Test, parameters: Parameters): string | undefined {
  const { sql } = column;
  switch (test.op) {
    case '$eq':
    case '$ne': {
      const [operand, ...more] = listOf(test.operand);
      const equal = typeof operand === 'string' && more.length === 0 ? isAmong(column, [operand], parameters) : 'false';
      return test.op === '$eq' ? equal : `${equal} is not true`;
    }
    case '$gt':
    case '$gte':
    case '$lt':
    case '$lte':
      return typeof test.operand === 'string'
        ? `${sql} collate "C" ${COMPARISONS[test.op]} ${parameters.add(test.operand, 'text')}`
        : 'false';
    case '$in':
    case '$nin': {
      const found = isAmong(column, texts(test.operand), parameters);
      return test.op === '$in' ? found : `(${found}) is not true`;
    }
    case '$exists':
      return `${sql} is ${test.operand ? 'not ' : ''}null`;
    case '$contains':
      return `strpos(${sql}, ${parameters.add(test.operand, 'text')}) > 0`;
    case '$all':
    case '$size':
    case '$regex':
    case '$not':
      return undefined;
  }
}

function isAmong({ sql, among }: TextColumn, operands: readonly string[], parameters: Parameters): string {
  if (among !== undefined) return among(parameters.add(operands, 'text[]'));
  const [only, ...others] = operands;
  return only === undefined || others.length > 0
    ? `${sql} = any(${parameters.add(operands, 'text[]')})`
    : `${sql} = ${parameters.add(only, 'text')}`;
}

function onInstant(sql: string, test: Test, parameters: Parameters): string | undefined {
  switch (test.op) {
    case '$gt':
    case '$gte':
    case '$lt':
    case '$lte': {
      const instant = typeof test.operand === 'string' ? parseIso(test.operand) : undefined;
      if (instant === undefined) return undefined;
      return `date_trunc('milliseconds', ${sql}) ${COMPARISONS[test.op]} ${parameters.add(new Date(instant), 'timestamptz')}`;
    }
    case '$exists':
      return `${sql} is ${test.operand ? 'not ' : ''}null`;
    default:
      return undefined;
  }
}

function onNumber(sql: string, test: Test, parameters: Parameters): string | undefined {
  switch (test.op) {
    case '$eq':
    case '$ne': {
      const [operand, ...more] = listOf(test.operand);
      const equal = more.length === 0 && isNumber(operand) ? `${sql} = ${parameters.add(operand, 'float8')}` : 'false';
      return test.op === '$eq' ? equal : `(${equal}) is not true`;
    }
    case '$gt':
    case '$gte':
    case '$lt':
    case '$lte':
      return isNumber(test.operand)
        ? `${sql} ${COMPARISONS[test.op]} ${parameters.add(test.operand, 'float8')}`
        : 'false';
    case '$in':
    case '$nin': {
      const found = `${sql} = any(${parameters.add(test.operand.filter(isNumber), 'float8[]')})`;
      return test.op === '$in' ? found : `(${found}) is not true`;
    }
    case '$exists':
      return `${sql} is ${test.operand ? 'not ' : ''}null`;
    default:
      return undefined;
  }
}

type TagsColumn = Extract<ListColumn, { kind: 'tags' }>;

function onTags(column: TagsColumn, test: Test, parameters: Parameters): string | undefined {
  const { sql } = column;
  switch (test.op) {
    case '$eq':
    case '$ne': {
      const equal = Array.isArray(test.operand)
        ? sameTags(sql, test.operand, parameters)
        : oneOf(column, listOf(test.operand), parameters);
      return test.op === '$eq' ? equal : `not ${equal}`;
    }
    case '$in':
      return oneOf(column, test.operand, parameters);
    case '$nin':
      return `not ${oneOf(column, test.operand, parameters)}`;
    case '$all':
      return test.operand.every(isText) ? `${sql} @> ${parameters.add(test.operand, 'text[]')}` : 'false';
    case '$exists':
      return `cardinality(${sql}) ${test.operand ? '>' : '='} 0`;
    case '$size':
      return `cardinality(${sql}) = ${parameters.add(test.operand, 'bigint')}`;
    default:
      return undefined;
  }
}

function oneOf({ sql, among }: TagsColumn, operands: readonly Scalar[], parameters: Parameters): string {
  const wanted = parameters.add(texts(operands), 'text[]');
  return among === undefined ? `(${sql} && ${wanted})` : among(wanted);
}

function sameTags(sql: string, operands: readonly Scalar[], parameters: Parameters): string {
  if (!operands.every(isText)) return 'false';
  const wanted = parameters.add(operands, 'text[]');
  return `(${sql} @> ${wanted} and ${sql} <@ ${wanted})`;
}

function onTree(sql: string, test: Test, parameters: Parameters): string | undefined {
  switch (test.op) {
    case '$eq':
    case '$ne': {
      if (Array.isArray(test.operand)) return undefined;
      const equal = anyEqual(sql, listOf(test.operand), parameters);
      return test.op === '$eq' ? equal : `(${equal}) is not true`;
    }
    case '$in':
      return anyEqual(sql, test.operand, parameters);
    case '$nin':
      return `(${anyEqual(sql, test.operand, parameters)}) is not true`;
    case '$gt':
    case '$gte':
    case '$lt':
    case '$lte':
      return ordered(sql, test.op, test.operand, parameters);
    case '$contains': {
      const found = (item: string) =>
        `jsonb_typeof(${item}) = 'string' and strpos(${item} #>> '{}', ${parameters.add(test.operand, 'text')}) > 0`;
      return `(${sql} < ${LEAST_NUMBER} and ${found(sql)} or ${inList(sql, found('item'))})`;
    }
    case '$exists':
      return `${sql} is ${test.operand ? 'not ' : ''}null`;
    default:
      return undefined;
  }
}

/** The value itself, or one element of a list, is one of the operands. */
function anyEqual(sql: string, operands: readonly Scalar[], parameters: Parameters): string {
  const values = parameters.add(
    operands.map((operand) => JSON.stringify(operand)),
    'jsonb[]',
  );
  return `(${sql} = any(${values}) or ${inList(sql, `item = any(${values})`)})`;
}

/**
 * Lists and the marks of numbers that are not finite are left to the filter language. Values of `jsonb` have one
 * order: texts, numbers, truth values, lists, objects. To compare costs a quarter of what asking for the type does, and
 * a whole project is looked through.
 */
function ordered(
  sql: string,
  op: keyof typeof COMPARISONS,
  operand: Scalar,
  parameters: Parameters,
): string | undefined {
  if (typeof operand === 'string') {
    const compared = parameters.add(operand, 'text');
    const holds = (item: string) =>
      `jsonb_typeof(${item}) = 'string' and (${item} #>> '{}') collate "C" ${COMPARISONS[op]} ${compared}`;
    return `(${sql} < ${LEAST_NUMBER} and ${holds(sql)} or ${inList(sql, holds('item'))})`;
  }
  if (!isNumber(operand)) return undefined;
  const grows = op === '$gt' || op === '$gte';
  const compared = parameters.add(JSON.stringify(operand), 'jsonb');
  const holds = (item: string) =>
    `${item} ${COMPARISONS[op]} ${compared} and ${item} ${grows ? '<' : '>='} ${grows ? ABOVE_NUMBERS : LEAST_NUMBER}`;
  const infinite = `'{"~": "${grows ? 'Infinity' : '-Infinity'}"}'::jsonb`;
  const more = `${sql} = ${infinite} or ${inList(sql, `(${holds('item')} or item = ${infinite})`)}`;
  return `(${holds(sql)} or ${sql} > ${ABOVE_SCALARS} and (${more}))`;
}

/** Bounds in the order of `jsonb`: no number is below, none reaches, and nothing but lists and objects is above. */
const LEAST_NUMBER = `'-1.8e308'::jsonb`;
const ABOVE_NUMBERS = `'false'::jsonb`;
const ABOVE_SCALARS = `'true'::jsonb`;

/** Whether one element of a list meets a condition on `item`; an empty list, which none does, is below all scalars. */
function inList(sql: string, condition: string): string {
  return `(${sql} > ${ABOVE_SCALARS} and case when jsonb_typeof(${sql}) = 'array'
    then exists (select from jsonb_array_elements(${sql}) as e (item) where ${condition}) else false end)`;
}

function listOf(operand: Scalar | readonly Scalar[]): readonly Scalar[] {
  return Array.isArray(operand) ? operand : [operand as Scalar];
}

function texts(operands: readonly Scalar[]): string[] {
  return operands.filter(isText);
}

function isNumber(operand: Scalar | undefined): operand is number {
  return typeof operand === 'number' && Number.isFinite(operand);
}

function isText(operand: Scalar): operand is string {
  return typeof operand === 'string';
}

function isSendable(test: Test): boolean {
  if (!('operand' in test)) return true;
  const operands: readonly unknown[] = Array.isArray(test.operand) ? test.operand : [test.operand];
  return operands.every((operand) => typeof operand !== 'string' || isStorable(operand));
}
