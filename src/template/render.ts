import { TriplineError } from '../model/error.ts';
import type { Json } from '../model/json.ts';
import { asText, finite, type Piped, pipe } from './expressions.ts';
import { isKnown, type Part, type Template, type TemplateNode, type Text, type Variables } from './template.ts';

/** Largest rendered payload, in characters of its values. */
export const LARGEST_RENDERED = 1024 * 1024;

/** The secrets a webhook may use, by name. */
export type Secrets = (name: string) => string | undefined;

/**
 * Fills in a template. Substitution is structural: values replace variables inside texts and keys of the parsed
 * document, so no value can break the JSON or add members (automations, section 4.3).
 *
 * @param secrets answers `${NAME}` and `$NAME`, before the variables
 * @throws TriplineError too_large when the result exceeds {@link LARGEST_RENDERED}
 */
export function render(template: Template, variables: Variables, secrets: Secrets = () => undefined): Json {
  return new Renderer(variables, secrets).node(template.root);
}

class Renderer {
  readonly #variables: Variables;
  readonly #secrets: Secrets;
  #left = LARGEST_RENDERED;

  constructor(variables: Variables, secrets: Secrets) {
    this.#variables = variables;
    this.#secrets = secrets;
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
    const piped = text.length === 1 && part?.kind === 'variable' ? this.#piped(part) : undefined;
    if (!piped?.typed) return this.text(text);
    this.#spent(asText(piped));
    return finite(piped.value ?? null);
  }

  #part(part: Part): string {
    switch (part.kind) {
      case 'literal':
        return part.text;
      case 'unreadable':
        return part.written;
      case 'bare':
        return this.#secrets(part.name) ?? part.written;
      case 'variable': {
        const piped = this.#piped(part);
        return piped === undefined ? part.written : asText(piped);
      }
    }
  }

  /** `undefined` for an unknown name. */
  #piped({ name, expressions }: Extract<Part, { kind: 'variable' }>): Piped | undefined {
    const secret = this.#secrets(name);
    if (secret !== undefined) return pipe(secret, expressions);
    return isKnown(name, this.#variables.known) ? pipe(this.#variables.lookup(name), expressions) : undefined;
  }

  /** Stops before a small template that names a large value often fills the memory. */
  #spent(text: string): string {
    this.#left -= text.length;
    if (this.#left >= 0) return text;
    throw new TriplineError('too_large', `the rendered payload is larger than ${LARGEST_RENDERED} characters`);
  }
}
