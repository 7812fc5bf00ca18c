import type { LineageNode } from '../../api/get-lineage.ts';

/** What a node is called: a run by its name, a version with its number. */
export function nodeName(node: LineageNode): string {
  return node.kind === 'run' ? node.name : `${node.collection}:${node.version}`;
}

/** What else is said of a node, in a few words. */
export function nodeNote(node: LineageNode): string {
  if (node.kind === 'run') return node.jobType === null ? `run, ${node.state}` : `${node.jobType}, ${node.state}`;
  const aliases = node.aliases.filter((alias) => alias !== 'latest');
  return aliases.length === 0 ? node.type : `${node.type}, ${aliases.join(', ')}`;
}

/** A text that is no longer than that. */
export function shortened(text: string, length: number): string {
  return text.length > length ? `${text.slice(0, length - 1)}…` : text;
}
