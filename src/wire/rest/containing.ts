import type { Json } from '../../model/json.ts';

/** The part of a filter that holds where a text lies within any of some fields, in whatever case. */
export function containing(text: string, fields: readonly string[]): Json {
  const pattern = `(?i)${text.trim().replaceAll(/[\\^$.*+?()[\]{}|]/g, '\\$&')}`;
  return { $or: fields.map((field) => ({ [field]: { $regex: pattern } })) };
}
