import type { Json } from '../model/json.ts';
import type { Field } from './catalogue.ts';
import type { Filter, FilterNode, Test } from './filter.ts';
import { type Facts, factOf, passes } from './match.ts';

/** A joint of a filter with its verdict; the operators of one field are joined by `$and`. */
export interface ExplainedJoint {
  readonly kind: '$and' | '$or' | '$nor' | '$not';
  readonly holds: boolean;
  readonly parts: readonly Explanation[];
}

/** One operator on one field, with what it saw. */
export interface ExplainedCondition {
  readonly kind: 'condition';
  readonly holds: boolean;
  /** Canonical name. */
  readonly field: string;
  /** `undefined` when the subject has none. */
  readonly value: Json | undefined;
  readonly test: Test;
}

/** A filter with the verdict of each of its nodes. */
export type Explanation = ExplainedJoint | ExplainedCondition;

/**
 * Explains what {@link matches} says: the verdict is the same, by the same operators, but every node is asked, also
 * those that decide nothing (automations, section 2.3).
 */
export function explain(filter: Filter, facts: Facts): Explanation {
  return explained(filter.root, facts);
}

/**
 * The first node that decided: the deepest one whose verdict settles that of the whole, from the left. Where all
 * parts of a joint had to agree it is the joint.
 */
export function decidingNode(explanation: Explanation): Explanation {
  if (explanation.kind === 'condition') return explanation;
  const [only, ...others] = explanation.parts;
  const settling = others.length === 0 ? only : explanation.parts.find((part) => settles(explanation, part));
  return settling === undefined ? explanation : decidingNode(settling);
}

/** Whether one part of several decides alone. */
function settles({ kind, holds }: ExplainedJoint, part: Explanation): boolean {
  switch (kind) {
    case '$and':
      return !holds && !part.holds;
    case '$or':
      return holds && part.holds;
    case '$nor':
      return !holds && part.holds;
    case '$not':
      return true;
  }
}

function explained(node: FilterNode, facts: Facts): Explanation {
  switch (node.kind) {
    case '$and':
    case '$or':
    case '$nor':
      return joint(
        node.kind,
        node.parts.map((part) => explained(part, facts)),
      );
    case '$not':
      return joint('$not', [explained(node.part, facts)]);
    case 'field':
      return conditions(node.field, node.tests, factOf(node.field, facts));
  }
}

function conditions(field: Field, tests: readonly Test[], value: Json | undefined): Explanation {
  const parts = tests.map((test): ExplainedCondition => {
    return { kind: 'condition', holds: passes(test, value, field), field: field.name, value, test };
  });
  const [only, ...others] = parts;
  return only !== undefined && others.length === 0 ? only : joint('$and', parts);
}

function joint(kind: ExplainedJoint['kind'], parts: readonly Explanation[]): ExplainedJoint {
  return { kind, holds: joined(kind, parts), parts };
}

function joined(kind: ExplainedJoint['kind'], parts: readonly Explanation[]): boolean {
  switch (kind) {
    case '$and':
      return parts.every(({ holds }) => holds);
    case '$or':
      return parts.some(({ holds }) => holds);
    case '$nor':
    case '$not':
      return !parts.some(({ holds }) => holds);
  }
}
