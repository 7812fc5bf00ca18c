import {
  type DocumentNode,
  type FragmentDefinitionNode,
  Kind,
  Lexer,
  type SelectionSetNode,
  Source,
  TokenKind,
} from 'graphql';
import { invalid } from '../../../model/error.ts';

/** Bounds of a document, its fragments counted wherever they are spread. The client's largest is below a fifth of each. */
export const LARGEST_DOCUMENT = {
  characters: 100_000,
  tokens: 20_000,
  /** Brackets of any kind within each other: selections, inline fragments, lists, objects and list types. */
  brackets: 100,
  depth: 24,
  fields: 2_000,
  aliases: 200,
} as const;

const OPENING: ReadonlySet<TokenKind> = new Set([TokenKind.BRACE_L, TokenKind.BRACKET_L, TokenKind.PAREN_L]);
const CLOSING: ReadonlySet<TokenKind> = new Set([TokenKind.BRACE_R, TokenKind.BRACKET_R, TokenKind.PAREN_R]);

interface Measure {
  readonly depth: number;
  readonly fields: number;
  readonly aliases: number;
}

const NOTHING: Measure = { depth: 0, fields: 0, aliases: 0 };
const ENDLESS: Measure = { depth: Number.POSITIVE_INFINITY, fields: 0, aliases: 0 };

/**
 * Refuses a text that the parser, which calls itself for every bracket, could not read without exhausting the stack.
 *
 * @throws TriplineError invalid
 * @throws GraphQLError for what is no token
 */
export function refuseDeepText(text: string): void {
  const lexer = new Lexer(new Source(text));
  let depth = 0;
  for (let token = lexer.advance(); token.kind !== TokenKind.EOF; token = lexer.advance()) {
    if (OPENING.has(token.kind)) depth += 1;
    else if (CLOSING.has(token.kind)) depth -= 1;
    if (depth > LARGEST_DOCUMENT.brackets) {
      throw invalid(`the GraphQL document nests more than ${LARGEST_DOCUMENT.brackets} brackets`, 'query');
    }
  }
}

/** Refuses documents whose execution could cost too much, before anything is validated. @throws TriplineError invalid */
export function refuseLargeDocument(document: DocumentNode): void {
  const operations = document.definitions.filter((definition) => definition.kind === Kind.OPERATION_DEFINITION);
  if (operations.length !== 1) {
    throw invalid(`the GraphQL document holds ${operations.length} operations; send exactly one`);
  }
  const measureSet = measurer(document);
  for (const definition of document.definitions) {
    if ('selectionSet' in definition && definition.selectionSet !== undefined) {
      refuseLarge(measureSet(definition.selectionSet));
    }
  }
}

function refuseLarge(measure: Measure): void {
  for (const part of ['depth', 'fields', 'aliases'] as const) {
    if (measure[part] > LARGEST_DOCUMENT[part]) {
      const found = Number.isFinite(measure[part]) ? measure[part] : 'endless, its fragments spread each other';
      throw invalid(`the GraphQL document is too large: ${part} ${found}, at most ${LARGEST_DOCUMENT[part]}`);
    }
  }
}

/** Measures each fragment once, so that fragments nested in fragments cannot make the measuring itself expensive. */
function measurer(document: DocumentNode): (set: SelectionSetNode) => Measure {
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const definition of document.definitions) {
    if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments.set(definition.name.value, definition);
  }
  const known = new Map<string, Measure>();
  const measureFragment = (name: string): Measure => {
    const fragment = fragments.get(name);
    const found = known.get(name);
    if (found !== undefined || fragment === undefined) return found ?? NOTHING;
    known.set(name, ENDLESS);
    const measure = measureSet(fragment.selectionSet);
    known.set(name, measure);
    return measure;
  };
  const measureSet = (set: SelectionSetNode): Measure => {
    let total = NOTHING;
    for (const selection of set.selections) {
      switch (selection.kind) {
        case Kind.FIELD:
          total = add(total, below(measureOptional(selection.selectionSet), selection.alias !== undefined));
          break;
        case Kind.INLINE_FRAGMENT:
          total = add(total, measureSet(selection.selectionSet));
          break;
        case Kind.FRAGMENT_SPREAD:
          total = add(total, measureFragment(selection.name.value));
          break;
      }
    }
    return total;
  };
  const measureOptional = (set: SelectionSetNode | undefined) => (set === undefined ? NOTHING : measureSet(set));
  return measureSet;
}

function add(left: Measure, right: Measure): Measure {
  return {
    depth: Math.max(left.depth, right.depth),
    fields: left.fields + right.fields,
    aliases: left.aliases + right.aliases,
  };
}

function below(inner: Measure, aliased: boolean): Measure {
  return { depth: inner.depth + 1, fields: inner.fields + 1, aliases: inner.aliases + (aliased ? 1 : 0) };
}
