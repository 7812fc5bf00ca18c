import { RE2JS } from 're2js';
import { invalid } from '../model/error.ts';

/** Longest accepted regular expression, in characters. */
export const LONGEST_PATTERN = 1000;

/**
 * Compiles a regular expression in RE2 syntax, which is matched in linear time: a pattern that a user wrote
 * must never stall the transaction that stores metrics (automations, section 2.3).
 *
 * @throws TriplineError invalid, naming the construct that RE2 does not have
 */
export function compilePattern(source: string, path: string): RE2JS {
  if (source.length > LONGEST_PATTERN) {
    throw invalid(
      `the regular expression at ${path} has ${source.length} characters; at most ${LONGEST_PATTERN} are allowed`,
      path,
    );
  }
  const construct = unsupported(source);
  if (construct !== undefined) {
    throw invalid(
      `the regular expression at ${path} uses a ${construct}, which RE2 syntax does not have; write the condition without it, for instance as two conditions joined by $and or $not`,
      path,
    );
  }
  try {
    return RE2JS.compile(source);
  } catch (error) {
    const reason = error instanceof Error ? error.message.replace(/^error parsing regexp: /, '') : String(error);
    throw invalid(`the regular expression at ${path} is not valid RE2 syntax: ${reason}`, path);
  }
}

/** What may follow `(?`, longest first, with the name people know it by. */
const GROUPS: readonly (readonly [string, string])[] = [
  ['<=', 'look-behind (?<='],
  ['<!', 'negative look-behind (?<!'],
  ['=', 'look-ahead (?='],
  ['!', 'negative look-ahead (?!'],
  ['P=', 'back-reference (?P='],
  ['>', 'atomic group (?>'],
  ['(', 'conditional group (?('],
];

/** The first construct of other dialects in a pattern, outside of classes and quoted text. */
function unsupported(source: string): string | undefined {
  let inClass = false;
  for (let at = 0; at < source.length; at += 1) {
    const character = source[at];
    if (character === '\\') {
      const escaped = source[at + 1] ?? '';
      if (escaped === 'Q') at = endOfQuote(source, at);
      else if (!inClass && /[1-9]/.test(escaped)) return `back-reference \\${escaped}`;
      else if (!inClass && /[kg]/.test(escaped)) return `back-reference \\${escaped}`;
      else at += 1;
    } else if (inClass) {
      inClass = character !== ']';
    } else if (character === '[') {
      inClass = true;
      if (source[at + 1] === '^') at += 1;
      if (source[at + 1] === ']') at += 1;
    } else if (source.startsWith('(?', at)) {
      const group = GROUPS.find(([mark]) => source.startsWith(mark, at + 2));
      if (group !== undefined) return group[1];
    }
  }
  return undefined;
}

function endOfQuote(source: string, from: number): number {
  const end = source.indexOf('\\E', from);
  return end === -1 ? source.length : end + 1;
}
