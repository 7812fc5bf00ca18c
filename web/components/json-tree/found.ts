import { isJsonObject, type Json } from '../../../src/model/json.ts';

/** The members of an object or an array with their names; `undefined` for a plain value. */
export function membersOf(value: Json): readonly (readonly [string, Json])[] | undefined {
  if (Array.isArray(value)) return value.map((each, at) => [String(at), each as Json] as const);
  return isJsonObject(value) ? Object.entries(value) : undefined;
}

/**
 * What is left of a value where only members stay whose name or plain value holds a text, with what they stand in;
 * `undefined` when that is nothing.
 *
 * @param wanted in small letters; everything is found by none
 */
export function found(name: string, value: Json, wanted: string): Json | undefined {
  if (wanted === '' || name.toLowerCase().includes(wanted)) return value;
  const members = membersOf(value);
  if (members === undefined) return String(value).toLowerCase().includes(wanted) ? value : undefined;
  const kept = members.flatMap(([key, each]) => {
    const left = found(Array.isArray(value) ? '' : key, each, wanted);
    return left === undefined ? [] : [[key, left] as const];
  });
  return kept.length === 0 ? undefined : Object.fromEntries(kept);
}
