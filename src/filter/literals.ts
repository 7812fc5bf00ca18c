import type { FilterNode, Scalar, Test } from './filter.ts';

/** A condition that whatever matches meets: its field holds one of these texts. */
export interface Literals {
  readonly field: string;
  readonly texts: readonly string[];
}

/**
 * What a filter asks for by its very text, so that it can be looked up: of several such conditions the one with the
 * fewest texts. `undefined` where something else may match, or what is asked is no plain text.
 *
 * @param fields canonical names of those that count, the most telling first
 */
export function literalsOf(node: FilterNode, fields: readonly string[]): Literals | undefined {
  switch (node.kind) {
    case '$and':
      return fewest(
        node.parts.map((part) => literalsOf(part, fields)),
        fields,
      );
    case '$or':
      return union(node.parts.map((part) => literalsOf(part, fields)));
    case 'field': {
      const field = node.field.name;
      if (!fields.includes(field)) return undefined;
      return fewest(
        node.tests.map((test) => ofTest(field, test)),
        fields,
      );
    }
    case '$nor':
    case '$not':
      return undefined;
  }
}

function ofTest(field: string, test: Test): Literals | undefined {
  switch (test.op) {
    case '$eq':
      return Array.isArray(test.operand) ? undefined : allTexts(field, [test.operand as Scalar]);
    case '$in':
      return allTexts(field, test.operand);
    case '$all':
      return allTexts(field, test.operand.slice(0, 1));
    default:
      return undefined;
  }
}

function allTexts(field: string, operands: readonly Scalar[]): Literals | undefined {
  const texts = operands.filter((operand) => typeof operand === 'string');
  return texts.length === operands.length && texts.length > 0 ? { field, texts: [...new Set(texts)] } : undefined;
}

function fewest(found: readonly (Literals | undefined)[], fields: readonly string[]): Literals | undefined {
  const [best] = found
    .flatMap((each) => each ?? [])
    .sort((a, b) => a.texts.length - b.texts.length || fields.indexOf(a.field) - fields.indexOf(b.field));
  return best;
}

/** Any of the parts may be what matches: all of them must ask for a text of one field. */
function union(parts: readonly (Literals | undefined)[]): Literals | undefined {
  const [first] = parts;
  if (first === undefined || parts.some((part) => part?.field !== first.field)) return undefined;
  return { field: first.field, texts: [...new Set(parts.flatMap((part) => part?.texts ?? []))] };
}
