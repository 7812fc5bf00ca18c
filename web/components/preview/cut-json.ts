import type { Json } from '../../../src/model/json.ts';
import { parseLooseJson } from '../../../src/model/loose-json.ts';

/**
 * Reads JSON of which the end may be missing: what stands there whole, up to the last comma.
 *
 * @returns `undefined` for what is no JSON
 */
export function parseCutJson(text: string, isCut: boolean): Json | undefined {
  try {
    return parseLooseJson(isCut ? closed(text) : text);
  } catch {
    return undefined;
  }
}

const CLOSING: Readonly<Record<string, string>> = { '{': '}', '[': ']' };

/** The text up to its last comma outside of strings, with the brackets closed that are open there. */
function closed(text: string): string {
  const open: string[] = [];
  let end = { at: 0, closing: '' };
  let isString = false;
  for (let at = 0; at < text.length; at += 1) {
    const character = text[at] ?? '';
    if (isString && character === '\\') at += 1;
    else if (character === '"') isString = !isString;
    else if (!isString && character in CLOSING) open.push(CLOSING[character] ?? '');
    else if (!isString && (character === '}' || character === ']')) open.pop();
    else if (!isString && character === ',') end = { at, closing: open.toReversed().join('') };
  }
  return text.slice(0, end.at) + end.closing;
}
