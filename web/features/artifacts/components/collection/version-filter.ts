import type { Json } from '../../../../../src/model/json.ts';

/** How a value of the metadata is compared, with its words. */
export const METADATA_OPERATORS = {
  $eq: '=',
  $ne: '≠',
  $lt: '<',
  $lte: '≤',
  $gt: '>',
  $gte: '≥',
} as const;
export type MetadataOperator = keyof typeof METADATA_OPERATORS;

export function isOperator(text: unknown): text is MetadataOperator {
  return typeof text === 'string' && Object.hasOwn(METADATA_OPERATORS, text);
}

/** By what the versions of a collection are looked for; what is absent is no condition. */
export interface VersionConditions {
  readonly search: string;
  readonly alias: string | undefined;
  readonly tag: string | undefined;
  /** Of the metadata: a path, a comparison, and the value as somebody types it. */
  readonly path: string | undefined;
  readonly is: MetadataOperator;
  readonly value: string | undefined;
}

/** The conditions but the search, as the server's language of filters says them; `undefined` for none. */
export function versionFilter({ alias, tag, path, is, value }: VersionConditions): string | undefined {
  const parts: Json[] = [];
  if (alias !== undefined) parts.push({ alias });
  if (tag !== undefined) parts.push({ tag });
  if (path !== undefined && value !== undefined) parts.push({ [`metadata.${path}`]: { [is]: typed(value) } });
  return parts.length === 0 ? undefined : JSON.stringify({ $and: parts });
}

/** A number or a truth value, when that is what the text says. */
function typed(text: string): Json {
  if (text === 'true' || text === 'false') return text === 'true';
  const number = Number(text);
  return text.trim() !== '' && Number.isFinite(number) ? number : text;
}
