import * as z from 'zod/mini';

/** What an address says, as it was parsed and by nobody checked. */
export type Given = Readonly<Record<string, unknown>>;

/** A text of an address, which may look like a number or a truth there; `undefined` for what is none, or empty. */
export function textIn(value: unknown): string | undefined {
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** The texts that an address has by these names. */
export function textsIn<Name extends string>(given: Given, names: readonly Name[]): Partial<Record<Name, string>> {
  const texts: Partial<Record<Name, string>> = {};
  for (const name of names) {
    const text = textIn(given[name]);
    if (text !== undefined) texts[name] = text;
  }
  return texts;
}

/** {@link textIn}, as a member of what is read. */
export const TEXT = z.optional(z.pipe(z.unknown(), z.transform(textIn)));

/** An ISO instant of an address; `undefined` for what is none. */
export const INSTANT = z.catch(z.optional(z.iso.datetime({ offset: true })), undefined);
