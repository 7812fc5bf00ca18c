import { KNOWN_VARIABLES } from '../../../../../src/events/variables.ts';
import { TriplineError } from '../../../../../src/model/error.ts';
import { lint, lintTexts } from '../../../../../src/template/lint.ts';
import { namesIn } from '../../../../../src/template/names-in.ts';
import { parseTemplateText } from '../../../../../src/template/parse.ts';
import type { Integration } from '../../api/list-integrations.ts';
import type { EventType } from './draft.ts';
import { variablesOf } from './variable-names.ts';

/** What is to be said of a text with variables, by the server's own rules. */
export interface Linted {
  /** Why it would be refused. */
  readonly error: string | undefined;
  /** What is sent, but hardly meant. */
  readonly warnings: readonly string[];
}

const NOTHING: Linted = { error: undefined, warnings: [] };

/** Of a payload: a JSON object. @param webhook whose secrets it may name */
export function lintPayload(text: string, type: EventType, webhook: Integration | undefined): Linted {
  if (text.trim() === '') return NOTHING;
  try {
    const unknown = lint(parseTemplateText(text), new Set([...KNOWN_VARIABLES, ...secretsOf(webhook)]));
    return { error: undefined, warnings: [...unknown.map(unknownWords), ...emptyIn(text, type)] };
  } catch (error) {
    if (error instanceof TriplineError) return { error: error.message, warnings: [] };
    throw error;
  }
}

/** Of a text that is no JSON. */
export function lintMessage(text: string, type: EventType): Linted {
  return {
    error: undefined,
    warnings: [...lintTexts([text], KNOWN_VARIABLES).map(unknownWords), ...emptyIn(text, type)],
  };
}

function secretsOf(webhook: Integration | undefined): readonly string[] {
  if (webhook === undefined) return [];
  const { accessTokenRef, secretRef, settings } = webhook;
  const names = [secretRef, ...(settings?.secretRefs ?? [])].flatMap((name) => name ?? []);
  return accessTokenRef === null ? names : [...names, 'ACCESS_TOKEN'];
}

const unknownWords = (name: string): string => `${name} is no variable of any event: it is sent as it stands.`;

/** Variables that other events have. */
function emptyIn(text: string, type: EventType): readonly string[] {
  const own = new Set(['ACCESS_TOKEN', ...variablesOf(type).map(rootOf)]);
  const known = new Set([...KNOWN_VARIABLES].map(rootOf));
  const empty = [...namesIn([text])].filter((name) => known.has(rootOf(name)) && !own.has(rootOf(name)));
  return empty.map((name) => `${name} is always empty for this event.`);
}

const rootOf = (name: string): string => name.split('.', 1)[0] ?? name;
