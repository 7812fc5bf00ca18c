import { type DocumentNode, GraphQLError, type GraphQLSchema, parse, validate } from 'graphql';
import { invalid } from '../../../model/error.ts';
import { LARGEST_DOCUMENT, refuseDeepText, refuseLargeDocument } from './limits.ts';

const REMEMBERED = 500;
/** Longer texts are parsed each time: the memory that the cache may hold stays bounded. */
const LONGEST_REMEMBERED = 20_000;
const MOST_ERRORS = { maxErrors: 10 };

/** A document that may be executed, or what is wrong with it. */
export type CheckedDocument =
  | { readonly ok: true; readonly document: DocumentNode }
  | { readonly ok: false; readonly errors: readonly GraphQLError[] };

/** Parsed and validated documents by their text; the ones used least recently are forgotten. */
export class Documents {
  readonly #schema: GraphQLSchema;
  readonly #known = new Map<string, CheckedDocument>();

  constructor(schema: GraphQLSchema) {
    this.#schema = schema;
  }

  /** @throws TriplineError invalid when the document is larger than {@link LARGEST_DOCUMENT} allows */
  check(text: string): CheckedDocument {
    const known = this.#known.get(text);
    const checked = known ?? this.#read(text);
    this.#remember(text, checked);
    return checked;
  }

  #read(text: string): CheckedDocument {
    if (text.length > LARGEST_DOCUMENT.characters) {
      throw invalid(`the GraphQL document is longer than ${LARGEST_DOCUMENT.characters} characters`, 'query');
    }
    const document = parseDocument(text);
    if (document instanceof GraphQLError) return { ok: false, errors: [document] };
    refuseLargeDocument(document);
    const errors = validate(this.#schema, document, undefined, MOST_ERRORS);
    return errors.length === 0 ? { ok: true, document } : { ok: false, errors };
  }

  #remember(text: string, checked: CheckedDocument): void {
    if (!checked.ok || text.length > LONGEST_REMEMBERED) return;
    this.#known.delete(text);
    this.#known.set(text, checked);
    const [oldest] = this.#known.keys();
    if (this.#known.size > REMEMBERED && oldest !== undefined) this.#known.delete(oldest);
  }
}

function parseDocument(text: string): DocumentNode | GraphQLError {
  try {
    refuseDeepText(text);
    return parse(text, { noLocation: true, maxTokens: LARGEST_DOCUMENT.tokens });
  } catch (error) {
    if (error instanceof GraphQLError) return error;
    throw error;
  }
}
