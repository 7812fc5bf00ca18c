import type { z } from 'zod';
import { TriplineError } from '../model/error.ts';
import type { Json } from '../model/json.ts';
import { anyObject } from '../model/read-json.ts';

/** An object whose members are looked at by the parser, which bounds its depth; z.json() would recurse. */
const tree: z.ZodType<Json> = anyObject;

/** The filter of a stored event: kept as received, refused when it does not compile. */
export function filterTree(parse: (json: Json) => unknown): z.ZodType<Json, Json> {
  return tree.superRefine((json, context) => {
    try {
      parse(json);
    } catch (error) {
      if (!(error instanceof TriplineError)) throw error;
      context.addIssue({ code: 'custom', message: error.message });
    }
  }) as z.ZodType<Json, Json>;
}
