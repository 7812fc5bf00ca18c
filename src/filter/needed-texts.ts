import type { RE2JS } from 're2js';

/** What stands in every text that a pattern matches: a text, each of some, or at least one of some. */
export type NeededTexts =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'all' | 'any'; readonly parts: readonly NeededTexts[] };

/** As the engine writes down what it looks for before it matches; its types do not tell. */
const TEXT = 1;
const ALL = 2;
const ANY = 3;

/** What a match needs, as far as the engine knows; `undefined` when any text may match. */
export function neededTexts(pattern: RE2JS): NeededTexts | undefined {
  return read(pattern.re2().prefilter);
}

function read(prefilter: unknown): NeededTexts | undefined {
  if (typeof prefilter !== 'object' || prefilter === null) return undefined;
  const { type, str, subs } = prefilter as { type?: unknown; str?: unknown; subs?: unknown };
  if (type === TEXT && typeof str === 'string' && str !== '') return { kind: 'text', text: str };
  if ((type !== ALL && type !== ANY) || !Array.isArray(subs)) return undefined;
  const parts = subs.map(read);
  const known = parts.filter((part) => part !== undefined);
  if (known.length === 0) return undefined;
  if (type === ALL) return { kind: 'all', parts: known };
  return known.length === parts.length ? { kind: 'any', parts: known } : undefined;
}
