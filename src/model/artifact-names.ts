import { invalid } from './error.ts';

const LONGEST = 128;
/** Names that a version may be given, or lose, in one request: each is an event. */
const MOST_NAMES = 100;
/** Control characters, line ends, and what turns the direction of text, so that a name shows as another one. */
const UNSHOWN = '\\p{Cc}\\p{Zl}\\p{Zp}\\u202a-\\u202e\\u2066-\\u2069';
const COLLECTION_FORBIDDEN = new RegExp(`[/${UNSHOWN}]|^\\.{1,2}$`, 'u');
const ALIAS_FORBIDDEN = new RegExp(`[/:${UNSHOWN}]|^\\.{1,2}$`, 'u');
const VERSION = /^v\d+$/;
/** Letters and digits of every script, as the client has it. */
const TAG = /^[-_\p{L}\p{N}]+( +[-_\p{L}\p{N}]+)*$/u;

/** Names of collections: 1 to 128 characters without `/` and control characters, not `.` and `..`. @throws TriplineError invalid */
export function parseCollectionName(text: string): string {
  if (isShort(text) && !COLLECTION_FORBIDDEN.test(text)) return text;
  throw invalid(
    `artifact name '${shown(text)}' must be 1 to ${LONGEST} characters without / and control characters, not . or ..`,
    'artifactCollectionName',
  );
}

/** Names of types, as of collections but without `:`. @throws TriplineError invalid */
export function parseArtifactTypeName(text: string): string {
  if (isShort(text) && !ALIAS_FORBIDDEN.test(text)) return text;
  throw invalid(
    `artifact type '${shown(text)}' must be 1 to ${LONGEST} characters without / : and control characters, not . or ..`,
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
  throw invalid(
    `alias '${shown(text)}' must be 1 to ${LONGEST} characters without / : and control characters, not . or ..`,
    'aliases',
  );
}

/** Aliases of one request, as {@link parseAlias}; at most 100. @throws TriplineError invalid */
export function parseAliases(texts: readonly string[]): string[] {
  return few(texts, 'aliases').map(parseAlias);
}

/** Tags of one request, as {@link parseTag}, each once; at most 100. @throws TriplineError invalid */
export function parseTags(texts: readonly string[]): string[] {
  return [...new Set(few(texts, 'tags').map(parseTag))];
}

function few(texts: readonly string[], path: 'aliases' | 'tags'): readonly string[] {
  if (texts.length <= MOST_NAMES) return texts;
  throw invalid(`${texts.length} ${path} at once; at most ${MOST_NAMES} are allowed: give the rest later`, path);
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

const SHOWN_AS_CODE = new RegExp(`[${UNSHOWN}]`, 'gu');

function shown(text: string): string {
  return text
    .slice(0, LONGEST + 12)
    .toWellFormed()
    .replaceAll(SHOWN_AS_CODE, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
