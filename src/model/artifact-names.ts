import { invalid } from './error.ts';

const LONGEST = 128;
const COLLECTION_FORBIDDEN = /[/\p{Cc}]/u;
const ALIAS_FORBIDDEN = /[/:\p{Cc}]/u;
const VERSION = /^v\d+$/;
const TAG = /^[-\w]+( +[-\w]+)*$/;

/** Names of collections: 1 to 128 characters without `/` and control characters. @throws TriplineError invalid */
export function parseCollectionName(text: string): string {
  if (isShort(text) && !COLLECTION_FORBIDDEN.test(text)) return text;
  throw invalid(
    `artifact name '${shown(text)}' must be 1 to ${LONGEST} characters without /`,
    'artifactCollectionName',
  );
}

/** Names of types, as of collections but without `:`. @throws TriplineError invalid */
export function parseArtifactTypeName(text: string): string {
  if (isShort(text) && !ALIAS_FORBIDDEN.test(text)) return text;
  throw invalid(
    `artifact type '${shown(text)}' must be 1 to ${LONGEST} characters without / and :`,
    'artifactTypeName',
  );
}

/**
 * Names that a version may be given in a collection. `v3` is the number of a version and can be no other's name.
 *
 * @throws TriplineError invalid
 */
export function parseAlias(text: string): string {
  if (VERSION.test(text)) {
    throw invalid(`alias '${shown(text)}' looks like the number of a version, which is given by itself`, 'aliases');
  }
  if (isShort(text) && !ALIAS_FORBIDDEN.test(text)) return text;
  throw invalid(`alias '${shown(text)}' must be 1 to ${LONGEST} characters without / and :`, 'aliases');
}

/** Tags of versions and collections: words of letters, digits, `-` and `_`. @throws TriplineError invalid */
export function parseTag(text: string): string {
  if (isShort(text) && TAG.test(text)) return text;
  throw invalid(
    `tag '${shown(text)}' must be 1 to ${LONGEST} characters: words of letters, digits, - and _ with spaces between`,
    'tags',
  );
}

function isShort(text: string): boolean {
  return text.length >= 1 && text.length <= LONGEST && text.isWellFormed();
}

function shown(text: string): string {
  return text
    .slice(0, LONGEST + 12)
    .toWellFormed()
    .replaceAll('\0', '\\0');
}
