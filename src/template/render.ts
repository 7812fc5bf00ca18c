import { TriplineError } from '../model/error.ts';
import type { Json } from '../model/json.ts';
import { asText, finite, type Piped, pipe } from './expressions.ts';
import { edgeless, holeFor, withoutEdges } from './holes.ts';
import { parseText } from './parse-text.ts';
import { isKnown, type Part, type Template, type TemplateNode, type Text, type Variables } from './template.ts';

/** Largest rendered payload, in characters of its values. */
export const LARGEST_RENDERED = 1024 * 1024;

interface SecretNames {
  has(name: string): boolean;
}

const NO_SECRETS: SecretNames = new Set();

/**
 * Fills in a template. Substitution is structural: values replace variables inside texts and keys of the parsed
 * document, so no value can break the JSON or add members (automations, section 4.3).
 *
 * @param secrets names that `${NAME}` and `$NAME` reach before the variables: their references stay as holes, to be
 *   filled when the document is sent (see `fillHoles`)
 * @throws TriplineError too_large when the result exceeds {@link LARGEST_RENDERED}
 */
export function render(template: Template, variables: Variables, secrets: SecretNames = NO_SECRETS): Json {
  return new Renderer(variables, secrets).node(template.root);
}

/** How a text is rendered that is no JSON. */
export interface TextRendering {
  readonly secrets?: SecretNames;
  /** Writes a value as the text's language needs it, once all expressions were applied; what the author wrote stays. */
  readonly write?: (value: string) => string;
}

/** {@link render} for a text that is no JSON, for instance the value of a header. */
export function renderText(source: string, variables: Variables, { secrets, write }: TextRendering = {}): string {
  return new Renderer(variables, secrets, write).text(parseText(source));
}

class Renderer {
  readonly #variables: Variables;
  readonly #secrets: SecretNames;
  readonly #write: (value: string) => string;
  #left = LARGEST_RENDERED;

  constructor(variables: Variables, secrets = NO_SECRETS, write = (value: string) => value) {
    this.#variables = variables;
    this.#secrets = secrets;
    this.#write = write;
  }

  node(node: TemplateNode): Json {
    switch (node.kind) {
      case 'constant':
        return node.value;
      case 'text':
        return this.#textNode(node.text);
      case 'array':
        return node.items.map((item) => this.node(item));
      case 'object':
        return Object.fromEntries(node.members.map(([key, value]) => [this.text(key), this.node(value)]));
    }
  }

  text(text: Text): string {
    return text.map((part) => this.#spent(this.#part(part))).join('');
  }

  /** The value itself when the whole text is one reference that ends in `| json`, else a text. */
  #textNode(text: Text): Json {
    const [part] = text;
    const sole = text.length === 1 && part?.kind === 'variable' && !this.#secrets.has(part.name) ? part : undefined;
    const piped = sole && this.#piped(sole);
    if (!piped?.typed) return this.text(text);
    this.#spent(asText(piped));
    return edgeless(finite(piped.value ?? null));
  }

  #part(part: Part): string {
    switch (part.kind) {
      case 'literal':
        return withoutEdges(part.text);
      case 'unreadable':
        return withoutEdges(part.written);
      case 'bare':
        return this.#secrets.has(part.name) ? holeFor(part.written) : part.written;
      case 'variable': {
        if (this.#secrets.has(part.name)) return holeFor(withoutEdges(part.written));
        const piped = this.#piped(part);
        return withoutEdges(piped === undefined ? part.written : this.#write(asText(piped)));
      }
    }
  }

  /** `undefined` for an unknown name. */
  #piped({ name, expressions }: Extract<Part, { kind: 'variable' }>): Piped | undefined {
    return isKnown(name, this.#variables.known) ? pipe(this.#variables.lookup(name), expressions) : undefined;
  }

  /** Stops before a small template that names a large value often fills the memory. */
  #spent(text: string): string {
    this.#left -= text.length;
    if (this.#left >= 0) return text;
    throw new TriplineError('too_large', `the rendered payload is larger than ${LARGEST_RENDERED} characters`);
  }
}
