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
export function createMasker(values: readonly string[]): (text: string) => string {
  const forms = [...new Set(values.filter(isMaskable).flatMap(writtenForms))];
  return (text) => {
    // nearly every text holds none
    const held = forms.filter((form) => form.length <= text.length && text.includes(form));
    if (held.length === 0) return text;
    return blank(
      text,
      held.flatMap((form) => placesOf(form, text)),
    );
  };
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
