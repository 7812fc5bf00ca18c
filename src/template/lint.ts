import { parseText } from './parse-text.ts';
import { isKnown, type Part, type Template, type TemplateNode } from './template.ts';

/**
 * What a template asks for that no event has: unknown names, and references that cannot be read as written.
 * Both are left as they stand when rendered, so whoever saves the template should be told.
 */
export function lint(template: Template, known: ReadonlySet<string>): readonly string[] {
  return faultsOf(partsOf(template.root), known);
}

/** {@link lint} for texts that are no JSON. */
export function lintTexts(sources: readonly string[], known: ReadonlySet<string>): readonly string[] {
  return faultsOf(sources.flatMap(parseText), known);
}

function faultsOf(parts: readonly Part[], known: ReadonlySet<string>): readonly string[] {
  const faults = parts.flatMap((part) => {
    if (part.kind === 'unreadable') return [part.written];
    return part.kind === 'variable' && !isKnown(part.name, known) ? [part.name] : [];
  });
  return [...new Set(faults)];
}

function partsOf(node: TemplateNode): readonly Part[] {
  switch (node.kind) {
    case 'constant':
      return [];
    case 'text':
      return node.text;
    case 'array':
      return node.items.flatMap(partsOf);
    case 'object':
      return node.members.flatMap(([key, value]) => [...key, ...partsOf(value)]);
  }
}
