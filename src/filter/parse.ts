import { invalid } from '../model/error.ts';
import { isJsonObject, type Json } from '../model/json.ts';
import type { FieldCatalogue } from './catalogue.ts';
import type { Filter, FilterNode } from './filter.ts';
import { Budget, LARGEST } from './limits.ts';
import { isSilent, parseTests, type Spot } from './parse-tests.ts';

/**
 * Parses the client's MongoDB-like filter (automations, section 2.3).
 *
 * @param fields the fields it may name
 * @param path where the filter stands in the request, for refusals
 * @param may.matchNothing whether an empty list to choose from is an answer, as for a search, and no mistake
 * @throws TriplineError invalid: unknown operator or field, a wrong operand, a filter that can never match,
 *   or one that is too large
 */
export function parseFilter(
  json: Json,
  fields: FieldCatalogue,
  path: string,
  may: { readonly matchNothing: boolean } = { matchNothing: false },
): Filter {
  const names = new Set<string>();
  const root = new Parser(fields, names).filter(json, { path, depth: 1, positive: true, ...may });
  const size = new TextEncoder().encode(JSON.stringify(json)).length;
  if (size > LARGEST) throw invalid(`the filter has ${size} bytes; at most ${LARGEST} are allowed`, path);
  return { source: json, root, fields: names };
}

class Parser {
  readonly #fields: FieldCatalogue;
  readonly #names: Set<string>;
  readonly #budget = new Budget();

  constructor(fields: FieldCatalogue, names: Set<string>) {
    this.#fields = fields;
    this.#names = names;
  }

  filter(json: Json, spot: Spot): FilterNode {
    this.#budget.enter(spot);
    this.#budget.count(spot.path);
    if (!isJsonObject(json)) throw invalid(`${spot.path} must be a filter, that is a JSON object`, spot.path);
    const parts = Object.entries(json).map(([key, value]) =>
      this.#member(key, value, { ...spot, path: `${spot.path}.${key}` }),
    );
    const [only] = parts;
    return parts.length === 1 && only !== undefined ? only : { kind: '$and', parts };
  }

  #member(key: string, value: Json, spot: Spot): FilterNode {
    switch (key) {
      case '$and':
      case '$or':
        return { kind: key, parts: this.#filters(key, value, spot) };
      case '$nor':
        return { kind: key, parts: this.#filters(key, value, { ...spot, positive: !spot.positive }) };
      case '$not':
        return {
          kind: '$not',
          part: this.filter(value, { ...spot, depth: spot.depth + 1, positive: !spot.positive }),
        };
      default:
        return this.#condition(key, value, spot);
    }
  }

  #filters(operator: string, value: Json, spot: Spot): FilterNode[] {
    if (!Array.isArray(value)) throw invalid(`${spot.path} must be an array of filters`, spot.path);
    if (value.length === 0 && operator === '$or' && isSilent(spot)) {
      throw invalid(`${spot.path} is empty: this filter can never match`, spot.path);
    }
    return value.map((item: Json, index) =>
      this.filter(item, { ...spot, path: `${spot.path}[${index}]`, depth: spot.depth + 1 }),
    );
  }

  #condition(name: string, condition: Json, spot: Spot): FilterNode {
    if (name.startsWith('$')) {
      throw invalid(
        `unknown operator '${name}' at ${spot.path}; filters are joined by $and, $or, $nor and $not, conditions stand under a field`,
        spot.path,
      );
    }
    const field = this.#fields.resolve(name);
    if (field === undefined) {
      throw invalid(
        `unknown field '${name}' at ${spot.path}; a ${this.#fields.subject} has ${this.#fields.names.join(', ')} here (W&B may know more)`,
        spot.path,
      );
    }
    this.#names.add(field.name);
    return {
      kind: 'field',
      field,
      tests: parseTests(condition, field, { ...spot, depth: spot.depth + 1 }, this.#budget),
    };
  }
}
