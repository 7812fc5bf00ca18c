import { z } from 'zod';
import { invalid } from './error.ts';
import { isJsonObject, type Json, type JsonObject } from './json.ts';
import { requireStorable } from './storable.ts';

/** JSON whose form is looked at later, by a reader that bounds its depth. */
export const anyJson = z.custom<Json>();
export const anyObject = (z.unknown() as unknown as z.ZodType<JsonObject>)
  .refine((value) => isJsonObject(value), { error: 'must be an object', abort: true })
  .meta({ type: 'object' });

/**
 * Reads a value by a schema.
 *
 * @param path where the value stands in the request
 * @throws TriplineError invalid, naming the first fault and its place
 */
export function readBy<Schema extends z.ZodType>(schema: Schema, json: Json, path: string): z.output<Schema> {
  const result = schema.safeParse(json);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  const place = [path, ...(issue?.path ?? []).map(String)].join('.');
  throw invalid(`${place}: ${issue?.message ?? 'invalid'}`, place);
}

/** Reads a JSON text that a person gave: one that could not be stored as it is, is refused. @throws TriplineError invalid */
export function readJson(text: string, path: string): Json {
  const json = parsed(text, path);
  requireStorable(json, path);
  return json;
}

function parsed(text: string, path: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch {
    throw invalid(`${path} is not JSON`, path);
  }
}
