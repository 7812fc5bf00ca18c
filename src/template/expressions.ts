import type { Json, JsonObject } from '../model/json.ts';
import type { Expression } from './template.ts';

/** A value on its way through expressions: typed once `| json` was met, and not changed since. */
export interface Piped {
  readonly value: Json | undefined;
  readonly typed: boolean;
}

/** Sends a value through the expressions of a reference, left to right. */
export function pipe(value: Json | undefined, expressions: readonly Expression[]): Piped {
  return expressions.reduce<Piped>(apply, { value, typed: false });
}

function apply({ value, typed }: Piped, expression: Expression): Piped {
  switch (expression.kind) {
    case 'json':
      return { value, typed: true };
    case 'default':
      return { value: isNothing(value) ? expression.value : value, typed };
    case 'round':
      return { value: typeof value === 'number' ? rounded(value, expression.digits) : value, typed };
    case 'upper':
      return { value: asText({ value, typed }).toUpperCase(), typed: false };
    case 'truncate':
      return { value: truncated(asText({ value, typed }), expression.length), typed: false };
  }
}

function isNothing(value: Json | undefined): boolean {
  return value === undefined || value === null || value === '';
}

function rounded(value: number, digits: number): number {
  return Number.isFinite(value) ? Number(value.toFixed(digits)) : value;
}

/** At most `length` characters; the last is an ellipsis when something was cut off. */
function truncated(text: string, length: number): string {
  const characters = [...text];
  if (characters.length <= length) return text;
  return length === 0 ? '' : `${characters.slice(0, length - 1).join('')}…`;
}

/** A value inside a longer text: numbers in shortest form, null and missing as nothing, the rest as JSON. */
export function asText({ value, typed }: Piped): string {
  if (typed) return compact(value ?? null);
  if (value === undefined || value === null) return '';
  return typeof value === 'string' ? value : typeof value === 'object' ? compact(value) : String(value);
}

/** Compact JSON text. Non-finite numbers, which JSON lacks, become texts. */
function compact(value: Json): string {
  return JSON.stringify(finite(value));
}

/** The same value as JSON can hold it: non-finite numbers as `"NaN"`, `"Infinity"`, `"-Infinity"`. */
export function finite(value: Json): Json {
  if (typeof value === 'number') return Number.isFinite(value) ? value : String(value);
  if (value === null || typeof value !== 'object') return value;
  if (Array.isArray(value)) return value.map(finite);
  return finiteMembers(value as JsonObject);
}

/** {@link finite} for an object. */
export function finiteMembers(value: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, finite(item)]));
}
