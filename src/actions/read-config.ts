import type { z } from 'zod';
import { invalid } from '../model/error.ts';
import type { Json } from '../model/json.ts';

/**
 * Reads a part of an action by a schema.
 *
 * @param path where the value stands in the request
 * @throws TriplineError invalid, naming the first fault and its place
 */
export function readConfig<Schema extends z.ZodType>(schema: Schema, json: Json, path: string): z.output<Schema> {
  const result = schema.safeParse(json);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  const place = [path, ...(issue?.path ?? []).map(String)].join('.');
  throw invalid(`${place}: ${issue?.message ?? 'invalid'}`, place);
}
