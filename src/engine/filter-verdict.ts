import { artifactFacts, artifactTypeOf, type CapturedArtifactEvent } from '../events/artifact-events.ts';
import { type CapturedRun, runFacts } from '../events/run-subject.ts';
import { decidingNode, explain } from '../filter/explain.ts';
import type { Filter } from '../filter/filter.ts';
import type { Facts } from '../filter/match.ts';
import { type OutlinedNode, outline } from '../filter/outline.ts';
import { explanationWords } from '../filter/words.ts';
import { overlooks } from './artifact-match.ts';
import type { ArtifactAutomation, LiveAutomation } from './automation.ts';

/** What an automation's filter says of a run or an artifact, and why. */
export interface FilterVerdict {
  readonly matches: boolean;
  /** The first node that decided, in words. */
  readonly deciding: string;
  readonly nodes: readonly OutlinedNode[];
}

/** Of a run, as live evaluation would say of it now. */
export function runVerdict({ filter }: LiveAutomation, run: CapturedRun): FilterVerdict {
  return verdictOf(filter, runFacts(run));
}

/** Of an artifact event, the rule about what the client logs by itself included. */
export function artifactVerdict(automation: ArtifactAutomation, captured: CapturedArtifactEvent): FilterVerdict {
  const verdict = verdictOf(automation.filter, artifactFacts(captured));
  if (!overlooks(automation, captured)) return verdict;
  return { ...verdict, matches: false, deciding: overlooked(artifactTypeOf(captured)) };
}

function overlooked(type: string): string {
  return `artifact_type is "${type}": the client logs it by itself, and only a filter that names artifact_type sees it`;
}

function verdictOf(filter: Filter, facts: Facts): FilterVerdict {
  const explanation = explain(filter, facts);
  return {
    matches: explanation.holds,
    deciding: explanationWords(decidingNode(explanation)),
    nodes: outline(explanation),
  };
}
