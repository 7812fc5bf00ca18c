import type { Json, JsonObject } from './json.ts';

/** Marks a bare token inside a text that JSON.parse accepts; no client writes this character by itself. */
const MARK = '\ue0f7';
const NON_FINITE: ReadonlySet<Json> = new Set(['NaN', 'Infinity', '-Infinity']);
/** Levels of nesting; no client comes near. */
const DEEPEST = 500;
/** Strings are told by their quotes: a pattern that repeats a choice for each character overflows on a long one. */
const TOKENS = /\\.|"|-?Infinity|NaN/gs;

/**
 * Parses the client's dialect of JSON, which has `NaN`, `Infinity` and `-Infinity` as bare tokens (wandb
 * protocol, 0.6). Strings that merely contain those words are left alone.
 *
 * @param most values that it may hold, where a text may be so long that small ones would fill the memory
 * @throws SyntaxError when the text is neither JSON nor that dialect, or nested so deep that nothing could walk it
 */
export function parseLooseJson(text: string, most = Number.POSITIVE_INFINITY): Json {
  refuseCostly(text, most);
  try {
    return JSON.parse(text) as Json;
  } catch (error) {
    if (!/NaN|Infinity/.test(text)) throw error;
    let inString = false;
    const marked = text.replace(TOKENS, (token) => {
      if (token === '"') inString = !inString;
      return inString || /^[\\"]/.test(token) ? token : `"${MARK}${token}"`;
    });
    return JSON.parse(marked, (_key, value: Json) =>
      typeof value === 'string' && value.startsWith(MARK) ? Number(value.slice(MARK.length)) : value,
    ) as Json;
  }
}

/**
 * Counts brackets and commas outside of strings, before anything is made of them.
 *
 * @throws SyntaxError when there are more values than `most`, or so deep ones that nothing could walk them
 */
export function refuseCostly(text: string, most: number): void {
  // too short for either
  if (text.length <= Math.min(2 * DEEPEST, most)) return;
  let depth = 0;
  let values = 1;
  let inString = false;
  for (let at = 0; at < text.length; at += 1) {
    const character = text[at];
    if (character === '"') inString = !inString;
    else if (inString) at += Number(character === '\\');
    else if (character === '{' || character === '[') depth += 1;
    else if (character === '}' || character === ']') depth -= 1;
    // each comma stands before a value, and each bracket may have one within it
    if (!inString && (character === ',' || character === '{' || character === '[')) values += 1;
    if (depth > DEEPEST) throw new SyntaxError(`more than ${DEEPEST} levels`);
    if (values > most) throw new SyntaxError(`more than ${most} values`);
  }
}

/** Writes JSON in the client's dialect: non-finite numbers as bare tokens. */
export function printLooseJson(value: Json): string {
  const marked = JSON.stringify(value, (_key, item: Json) =>
    typeof item === 'number' && !Number.isFinite(item) ? `${MARK}${item}` : item,
  );
  return marked.replaceAll(new RegExp(`"${MARK}(-?Infinity|NaN)"`, 'g'), '$1');
}

/**
 * The same value as `jsonb` can hold it: non-finite numbers as `{"~":"NaN"}`, NUL and lone surrogates as
 * U+FFFD (data model, section 3). The raw text is kept beside it for answers.
 */
export function cleanJson(value: Json): Json {
  if (typeof value === 'string') return cleanText(value);
  if (typeof value === 'number') return Number.isFinite(value) ? value : { '~': String(value) };
  if (value === null || typeof value === 'boolean') return value;
  if (Array.isArray(value)) return value.map(cleanJson);
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [cleanText(key), cleanJson(item)]));
}

/** {@link cleanJson} of a value without numbers, printed: what holds nothing to clean is not copied. */
export function printCleanText(value: Json): string {
  const text = JSON.stringify(value);
  return UNCLEAN.test(text) ? JSON.stringify(cleanJson(value)) : text;
}

/** NUL and lone surrogates, as JSON is printed: escaped, since nothing else needs to be. */
const UNCLEAN = /\\u(0000|d[89a-f])/;

/** Undoes the marks of {@link cleanJson} for numbers; what holds none, as nearly every value, is not copied. */
export function uncleanJson(value: Json): Json {
  return holdsMark(value) ? withoutMarks(value) : value;
}

function holdsMark(value: Json): boolean {
  if (value === null || typeof value !== 'object') return false;
  if (Array.isArray(value)) return value.some(holdsMark);
  const members = value as JsonObject;
  for (const key in members) if (key === '~' || holdsMark(members[key] ?? null)) return true;
  return false;
}

function withoutMarks(value: Json): Json {
  if (value === null || typeof value !== 'object') return value;
  if (Array.isArray(value)) return value.map(withoutMarks);
  const entries = Object.entries(value);
  const [only] = entries;
  if (entries.length === 1 && only?.[0] === '~' && NON_FINITE.has(only[1])) return Number(only[1]);
  return Object.fromEntries(entries.map(([key, item]) => [key, withoutMarks(item)]));
}

/** Text that PostgreSQL can hold: no NUL, no lone surrogate. */
export function cleanText(text: string): string {
  return text.toWellFormed().replaceAll('\0', '\ufffd');
}
