import { isJsonObject, type Json } from '../../../src/model/json.ts';

/** A value on one line, as JSON has it apart from the quotes of a text. */
export function valueText(value: Json): string {
  if (typeof value === 'string') return value;
  return typeof value === 'number' ? String(value) : JSON.stringify(value);
}

/** The file beside a table that a cell of it shows, as the client writes media. */
export function pathOfMedia(value: Json | undefined): string | undefined {
  return isJsonObject(value) && value._type === 'image-file' && typeof value.path === 'string' ? value.path : undefined;
}
