import { writtenForms } from './written-forms.ts';

/** Stands where a secret stood. */
export const MASK = '[masked]';

const SHORTEST_MASKABLE = 6;

/** Whether a value can be masked: a shorter one stands in ordinary text by chance (automations, section 5). */
export function isMaskable(value: string): boolean {
  return [...value].length >= SHORTEST_MASKABLE;
}

/**
 * Replaces secrets in a text by {@link MASK}, wherever their values stand in one of the forms that they are commonly
 * written in. Values that are not {@link isMaskable} stay.
 */
export function maskSecrets(text: string, values: readonly string[]): string {
  return createMasker(values)(text);
}

/** {@link maskSecrets} for many texts: the forms are worked out once. */
export function createMasker(values: readonly string[]): Masker {
  let forms: readonly string[] | undefined;
  return (text, { cut = false } = {}) => {
    forms ??= [...new Set(values.filter(isMaskable).flatMap(writtenForms))].filter((form) => form !== '');
    // nearly every text holds none
    const held = forms.filter((form) => form.length <= text.length && text.includes(form));
    const ends = cut ? forms.flatMap((form) => beginningAtEnd(form, text)) : [];
    if (held.length === 0 && ends.length === 0) return text;
    return blank(text, [...held.flatMap((form) => placesOf(form, text)), ...ends]);
  };
}

/**
 * Blanks secrets in a text.
 *
 * @param how.cut whether the text is the beginning of a longer one: a secret that the cut divides is blanked as well
 */
export type Masker = (text: string, how?: { readonly cut?: boolean }) => string;

/** Blanks secrets in names and values of headers. Nearly none hold any: one look at all of them tells. */
export function maskHeaders(headers: Readonly<Record<string, string>>, mask: Masker): Readonly<Record<string, string>> {
  const entries = Object.entries(headers);
  const all = entries.flat().join('\n');
  if (mask(all) === all) return headers;
  return Object.fromEntries(entries.map(([name, value]) => [mask(name), mask(value)]));
}

/** The longest beginning of a form that the text ends with. */
function beginningAtEnd(form: string, text: string): Place[] {
  for (let start = Math.max(0, text.length - form.length + 1); start < text.length; start += 1) {
    if (text[start] === form[0] && form.startsWith(text.slice(start))) return [{ start, end: text.length }];
  }
  return [];
}

interface Place {
  readonly start: number;
  readonly end: number;
}

function placesOf(form: string, text: string): Place[] {
  const places: Place[] = [];
  for (let start = text.indexOf(form); start !== -1; start = text.indexOf(form, start + 1)) {
    places.push({ start, end: start + form.length });
  }
  return places;
}

/** Places may overlap: two secrets can share an end. What they cover together is replaced once. */
function blank(text: string, places: readonly Place[]): string {
  let masked = '';
  let end = 0;
  for (const place of places.toSorted((a, b) => a.start - b.start)) {
    if (place.start >= end) masked += text.slice(end, place.start) + MASK;
    end = Math.max(end, place.end);
  }
  return masked + text.slice(end);
}
