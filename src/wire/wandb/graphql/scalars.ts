import { GraphQLError, GraphQLScalarType, Kind, type ValueNode, valueFromASTUntyped } from 'graphql';
import type { Instant } from '../../../model/clock.ts';

const INTEGER = /^-?\d{1,19}$/;

const jsonString = new GraphQLScalarType<string, string>({
  name: 'JSONString',
  description: 'A string that contains JSON.',
  serialize: (value) => (typeof value === 'string' ? value : JSON.stringify(value)),
  parseValue: expectString('JSONString'),
});

const json = new GraphQLScalarType<unknown, unknown>({
  name: 'JSON',
  description: 'Any JSON value. Numbers that are not finite come as the strings "NaN", "Infinity" and "-Infinity".',
  serialize: finite,
  parseValue: (value) => value,
  parseLiteral: valueFromASTUntyped,
});

const int64 = new GraphQLScalarType<number, number>({
  name: 'Int64',
  description: 'An integer that may need more than 32 bits.',
  serialize: toInteger,
  parseValue: toInteger,
  parseLiteral: (node) => toInteger(literalNumber(node)),
});

const duration = new GraphQLScalarType<number, number>({
  name: 'Duration',
  description: 'A length of time in milliseconds.',
  serialize: toInteger,
  parseValue: toInteger,
  parseLiteral: (node) => toInteger(literalNumber(node)),
});

const dateTime = new GraphQLScalarType<Instant, string>({
  name: 'DateTime',
  description: 'An instant in ISO 8601, UTC.',
  serialize: (value) => new Date(value as Instant).toISOString(),
  parseValue: (value) => {
    const instant = typeof value === 'string' ? Date.parse(value) : Number.NaN;
    if (Number.isNaN(instant)) throw new GraphQLError('DateTime must be a string in ISO 8601');
    return instant;
  },
});

/** The scalars of the schema beside the built-in ones (wandb protocol, section 11). */
export const SCALARS: readonly GraphQLScalarType[] = [jsonString, json, int64, duration, dateTime];

function expectString(name: string): (value: unknown) => string {
  return (value) => {
    if (typeof value === 'string') return value;
    throw new GraphQLError(`${name} must be a string`);
  };
}

function literalNumber(node: ValueNode): unknown {
  return node.kind === Kind.INT || node.kind === Kind.STRING ? node.value : undefined;
}

/** Ids and counters may come as decimal text, because 64 bits do not fit a JavaScript number. */
function toInteger(value: unknown): number {
  const number = typeof value === 'string' && INTEGER.test(value) ? Number(value) : value;
  if (typeof number === 'number' && Number.isInteger(number)) return number;
  if (typeof number === 'bigint') return Number(number);
  throw new GraphQLError('an integer was expected');
}

function finite(value: unknown): unknown {
  if (typeof value === 'number') return Number.isFinite(value) ? value : String(value);
  if (Array.isArray(value)) return value.map(finite);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, finite(item)]));
}
