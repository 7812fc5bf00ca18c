import type { Json } from '../model/json.ts';
import { printLooseJson } from '../model/loose-json.ts';
import type { ExplainedCondition, ExplainedJoint, Explanation } from './explain.ts';
import type { Test } from './filter.ts';

/** Longest value or operand that is written out, in characters. */
const LONGEST = 120;

/** What a node of a filter says of its subject, for people: `config.lr is 0.1: not at least 0.3`. */
export function explanationWords(explanation: Explanation): string {
  return explanation.kind === 'condition' ? conditionWords(explanation) : jointWords(explanation);
}

function conditionWords({ field, value, test, holds }: ExplainedCondition): string {
  const seen = value === undefined ? 'is missing' : `is ${written(value)}`;
  return `${field} ${seen}: ${holds ? '' : 'not '}${phrase(test)}`;
}

function jointWords({ kind, holds, parts }: ExplainedJoint): string {
  const count = parts.length === 1 ? '1 condition' : `${parts.length} conditions`;
  switch (kind) {
    case '$and':
      if (parts.length === 0) return 'there is no condition: everything matches';
      return holds ? `all of ${count} hold` : `not all of ${count} hold`;
    case '$or':
      return holds ? `at least one of ${count} holds` : `none of ${count} holds`;
    case '$nor':
      return holds ? `none of ${count} holds, as it is asked` : `one of ${count} holds, and none should`;
    case '$not':
      return `the opposite is asked of: ${parts.map(explanationWords).join('; ')}`;
  }
}

function phrase(test: Test): string {
  switch (test.op) {
    case '$exists':
      return test.operand ? 'present' : 'absent';
    case '$regex':
      return `matched by /${shortened(test.operand)}/`;
    case '$size':
      return `a set of ${test.operand}`;
    case '$not':
      return `other than (${test.tests.map(phrase).join(' and ')})`;
    default:
      return `${PHRASES[test.op]} ${written(test.operand)}`;
  }
}

const PHRASES = {
  $eq: 'equal to',
  $ne: 'different from',
  $gt: 'above',
  $gte: 'at least',
  $lt: 'below',
  $lte: 'at most',
  $in: 'one of',
  $nin: 'none of',
  $all: 'holding all of',
  $contains: 'containing',
} as const;

/** A value or operand as JSON, cut where it is long. */
export function written(value: Json | readonly Json[]): string {
  return shortened(printLooseJson(value as Json));
}

export function shortened(text: string): string {
  return text.length <= LONGEST ? text : `${text.slice(0, LONGEST)}…`;
}
