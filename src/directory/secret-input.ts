import { KNOWN_VARIABLES } from '../events/variables.ts';
import { invalid } from '../model/error.ts';
import { isMaskable } from '../secrets/mask.ts';

const NAME = /^[A-Za-z][A-Za-z0-9_]{0,63}$/;
const LARGEST_VALUE = 64 * 1024;
const LONGEST_OVERLAP_HOURS = 72;
const HOUR_MS = 3_600_000;

/** Names that templates give another meaning; `artifact_metadata.*` reserves its first part. */
const RESERVED: ReadonlySet<string> = new Set([...KNOWN_VARIABLES].map((variable) => variable.split('.', 1)[0] ?? ''));

/** The name of a secret (automations, section 5). @throws TriplineError invalid */
export function parseSecretName(text: string, path = 'name'): string {
  if (RESERVED.has(text)) throw invalid(`the name '${text}' is reserved: payloads use it for a variable`, path);
  if (NAME.test(text)) return text;
  // the text itself is not repeated: it may be a value that was put here by mistake
  throw invalid("the name of a secret must be 1 to 64 of letters, digits and '_', and begin with a letter", path);
}

/** A value as it is stored, and what whoever gave it should know. */
export interface SecretValue {
  readonly value: string;
  readonly notices: readonly string[];
}

/**
 * The value of a secret, taken literally but for one newline at its end, which nobody sees when pasting.
 *
 * @throws TriplineError invalid when it is empty, above 64 KiB, or no Unicode
 */
export function parseSecretValue(text: string): SecretValue {
  const value = text.replace(/\r?\n$/, '');
  const bytes = Buffer.from(value, 'utf8');
  if (bytes.length === 0) throw invalid('the value of a secret must not be empty', 'value');
  if (bytes.length > LARGEST_VALUE) {
    throw invalid(`the value of a secret has ${bytes.length} bytes; at most ${LARGEST_VALUE} are stored`, 'value');
  }
  if (bytes.toString('utf8') !== value) throw invalid('the value of a secret must be a Unicode text', 'value');
  return {
    value,
    notices: [
      ...(value === text ? [] : ['one newline at the end of the value was removed']),
      ...(isMaskable(value) ? [] : ['the value is shorter than 6 characters: it cannot be masked in what is recorded']),
    ],
  };
}

/** How long the old value signs beside the new one, in milliseconds. @throws TriplineError invalid */
export function parseOverlap(hours: number): number {
  if (hours >= 0 && hours <= LONGEST_OVERLAP_HOURS) return hours * HOUR_MS;
  throw invalid(`the overlap must be 0 to ${LONGEST_OVERLAP_HOURS} hours`, 'overlapHours');
}
