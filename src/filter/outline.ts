import type { Json } from '../model/json.ts';
import { decidingNode, type ExplainedJoint, type Explanation } from './explain.ts';
import type { Test } from './filter.ts';
import { explanationWords } from './words.ts';

/** A node of an explained filter, in a list that begins with the root and goes down from the left. */
export interface OutlinedNode {
  /** Of the root 0. */
  readonly depth: number;
  readonly kind: ExplainedJoint['kind'] | Test['op'];
  readonly holds: boolean;
  /** Whether it is the first node that decided. */
  readonly decides: boolean;
  /** `config.lr is 0.1: not at least 0.3` */
  readonly words: string;
  /** `null` for a joint. */
  readonly field: string | null;
  /** What the subject has in the field; `null` for a joint, and where it has nothing. */
  readonly value: Json;
}

/** An explained filter as a list of its nodes. */
export function outline(explanation: Explanation): readonly OutlinedNode[] {
  const decides = decidingNode(explanation);
  const below = (node: Explanation, depth: number): OutlinedNode[] => {
    const said = { depth, holds: node.holds, decides: node === decides, words: explanationWords(node) };
    if (node.kind === 'condition') {
      return [{ ...said, kind: node.test.op, field: node.field, value: node.value ?? null }];
    }
    const parts = node.parts.flatMap((part) => below(part, depth + 1));
    return [{ ...said, kind: node.kind, field: null, value: null }, ...parts];
  };
  return below(explanation, 0);
}
