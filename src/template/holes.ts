import { TriplineError } from '../model/error.ts';
import type { Json } from '../model/json.ts';
import { asText, finite, type Piped, pipe } from './expressions.ts';
import { parseText } from './parse-text.ts';

/** Stands before and after the reference to a secret in a rendered document. No text of ours holds it otherwise. */
const EDGE = '\0';
/** As JSON texts write it. */
const ESCAPED = '\\u0000';

/** The values of secrets, by the names that templates use. */
export type SecretValues = (name: string) => string | undefined;

/** The hole that a rendered document has where a secret is to stand, so that the document can be kept. */
export function holeFor(written: string): string {
  return EDGE + written + EDGE;
}

/** A text that cannot make a hole. */
export function withoutEdges(text: string): string {
  return text.includes(EDGE) ? text.replaceAll(EDGE, '\ufffd') : text;
}

/** {@link withoutEdges} for every text of a document. */
export function edgeless(json: Json): Json {
  return mapTexts(json, withoutEdges);
}

/**
 * Puts secrets into the holes of a rendered payload, to be sent and forgotten.
 *
 * @param payload a JSON text
 * @throws TriplineError too_large when they make it larger than `most` characters
 * @throws Error for a hole whose secret is not among the values: ask {@link holesIn} first
 */
export function fillHoles(payload: string, values: SecretValues, most: number): string {
  if (!payload.includes(ESCAPED)) return payload;
  let left = most - payload.length;
  const counted: SecretValues = (name) => {
    const value = values(name);
    left -= value?.length ?? 0;
    if (left < 0)
      throw new TriplineError('too_large', `with its secrets the payload is larger than ${most} characters`);
    return value;
  };
  return JSON.stringify(mapTexts(JSON.parse(payload), (text) => filled(text, counted)));
}

/** {@link fillHoles} for a text that is no JSON. */
export function fillText(text: string, values: SecretValues): string {
  return pieces(text, (reference) => asText(secretIn(reference, values)));
}

/** The payload with a mark in place of each secret, for people. */
export function maskHoles(payload: string, mask: string): string {
  return payload.includes(ESCAPED)
    ? JSON.stringify(mapTexts(JSON.parse(payload), (text) => maskText(text, mask)))
    : payload;
}

/** {@link maskHoles} for a text that is no JSON. */
export function maskText(text: string, mask: string): string {
  return pieces(text, () => mask);
}

/** The names of the secrets that a rendered payload lacks. */
export function holesIn(payload: string): readonly string[] {
  if (!payload.includes(ESCAPED)) return [];
  const names = new Set<string>();
  mapTexts(JSON.parse(payload), (text) => noteNames(text, names));
  return [...names];
}

function noteNames(text: string, names: Set<string>): string {
  return pieces(text, (reference) => {
    for (const part of parseText(reference)) if ('name' in part) names.add(part.name);
    return '';
  });
}

/** A text that is one hole may become a typed value, as any reference that ends in `| json`. */
function filled(text: string, values: SecretValues): Json {
  const [before, reference, after, ...more] = text.split(EDGE);
  if (before !== '' || after !== '' || more.length > 0 || reference === undefined) return fillText(text, values);
  const piped = secretIn(reference, values);
  return piped.typed ? finite(piped.value ?? null) : asText(piped);
}

function secretIn(reference: string, values: SecretValues): Piped {
  const [part] = parseText(reference);
  const value = part !== undefined && 'name' in part ? values(part.name) : undefined;
  if (part === undefined || value === undefined) throw new Error('a payload needs a secret that is not given');
  return pipe(value, part.kind === 'variable' ? part.expressions : []);
}

/** Between two edges stands a reference, everywhere else what was rendered. */
function pieces(text: string, replace: (reference: string) => string): string {
  if (!text.includes(EDGE)) return text;
  return text
    .split(EDGE)
    .map((piece, index) => (index % 2 === 0 ? piece : replace(piece)))
    .join('');
}

function mapTexts(json: Json, map: (text: string) => Json): Json {
  if (typeof json === 'string') return map(json);
  if (json === null || typeof json !== 'object') return json;
  if (Array.isArray(json)) return json.map((item) => mapTexts(item, map));
  return Object.fromEntries(Object.entries(json).map(([key, value]) => [asKey(map(key)), mapTexts(value, map)]));
}

const asKey = (value: Json): string => (typeof value === 'string' ? value : JSON.stringify(value));
