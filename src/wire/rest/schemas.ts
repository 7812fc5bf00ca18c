import { z } from 'zod';
import { parseId } from '../../model/ids.ts';
import { ROLES, VISIBILITIES } from '../../model/viewer.ts';
import { errors } from '../errors-schema.ts';
import { severalOf } from './several.ts';

/** Ids travel as decimal strings. */
const NO_ID = 'must be an id as answers write it: a text of digits';
export const id = z
  .string()
  .regex(/^\d{1,19}$/, { error: NO_ID, abort: true })
  .refine((text) => parseId(text) !== undefined, NO_ID);
/** The same as an id of ours; for parts of cursors. */
export const parsedId = <Id extends string>() =>
  z.string().transform((text, context): Id => {
    const parsed = parseId<Id>(text);
    if (parsed !== undefined) return parsed;
    context.addIssue(NO_ID);
    return z.NEVER;
  });
export const instant = z.iso.datetime();
/** As people and programs write it, with their own offset from UTC. */
export const anyInstant = z.iso.datetime({ offset: true });
export const role = z.enum(ROLES);
export const visibility = z.enum(VISIBILITIES);

/** A name, or a path of names. */
export const name = z.string().min(1).max(1_000);

/** Values of one condition. */
const MOST_VALUES = 200;

/** A parameter that may be repeated: any of its values. */
export const several = <Item extends z.ZodType>(item: Item, description: string) =>
  severalOf(item, MOST_VALUES, description).optional();

/** The answers of a route that gives something back. */
export function answers<Status extends number, Body extends z.ZodType>(status: Status, body: Body) {
  return { [status]: body, '4xx': errors } as { [Key in Status]: Body } & { '4xx': typeof errors };
}

/** The answers of a route that gives nothing back. */
export const nothing = { 204: z.null().describe('Done'), '4xx': errors };

/** Milliseconds as the API writes instants. */
export function isoInstant(milliseconds: number): string {
  return new Date(milliseconds).toISOString();
}
