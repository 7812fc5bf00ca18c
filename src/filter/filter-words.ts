import type { Json } from '../model/json.ts';
import type { Field } from './catalogue.ts';
import type { Filter, FilterNode, Test } from './filter.ts';
import { shortened, written } from './words.ts';

/**
 * What a filter asks for, for people: `alias matches /^prod/ and size is above 1000`. Empty when it asks for nothing.
 */
export function filterWords({ root }: Filter): string {
  return nodeWords(root) ?? '';
}

/** `undefined` for what every subject meets. */
function nodeWords(node: FilterNode): string | undefined {
  switch (node.kind) {
    case 'field':
      return joined(
        node.tests.map((test) => `${node.field.name} ${testWords(test, node.field)}`),
        ' and ',
      );
    case '$not':
      return `not (${nodeWords(node.part) ?? 'anything'})`;
    case '$nor':
      return node.parts.length === 0 ? undefined : `not (${below(node.parts, ' or ')})`;
    case '$and':
      return below(node.parts, ' and ');
    case '$or':
      return below(node.parts, ' or ');
  }
}

/** Parts that hold two or more conditions themselves stand in brackets. */
function below(parts: readonly FilterNode[], by: string): string | undefined {
  const said = parts.flatMap((part) => {
    const words = nodeWords(part);
    if (words === undefined) return [];
    return [isSeveral(part) && parts.length > 1 ? `(${words})` : words];
  });
  return joined(said, by);
}

function isSeveral(node: FilterNode): boolean {
  if (node.kind === 'field') return node.tests.length > 1;
  return (node.kind === '$and' || node.kind === '$or') && node.parts.length > 1;
}

function joined(words: readonly string[], by: string): string | undefined {
  return words.length === 0 ? undefined : words.join(by);
}

function testWords(test: Test, field: Field): string {
  const isSet = field.kind === 'set';
  switch (test.op) {
    case '$exists':
      return test.operand ? 'is there' : 'is missing';
    case '$regex':
      return `${isSet ? 'has one that matches' : 'matches'} /${shortened(test.operand)}/`;
    case '$contains':
      return `${isSet ? 'has one that contains' : 'contains'} ${written(test.operand)}`;
    case '$size':
      return `has ${test.operand} elements`;
    case '$not':
      return `not (${test.tests.map((each) => testWords(each, field)).join(' and ')})`;
    case '$eq':
      return `${isSet && !Array.isArray(test.operand) ? 'has' : 'is'} ${written(test.operand)}`;
    case '$ne':
      return `${isSet && !Array.isArray(test.operand) ? 'has not' : 'is not'} ${written(test.operand)}`;
    case '$in':
      return `${isSet ? 'has one of' : 'is one of'} ${listed(test.operand)}`;
    case '$nin':
      return `${isSet ? 'has none of' : 'is none of'} ${listed(test.operand)}`;
    case '$all':
      return `has all of ${listed(test.operand)}`;
    default:
      return `${COMPARISONS[test.op]} ${written(test.operand)}`;
  }
}

const COMPARISONS = { $gt: 'is above', $gte: 'is at least', $lt: 'is below', $lte: 'is at most' } as const;

function listed(operands: readonly Json[]): string {
  return shortened(operands.map(written).join(', '));
}
