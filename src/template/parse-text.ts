import type { Expression, Part, Text } from './template.ts';

/** `$${…}` (kept, one `$` less), the start of a reference, or a bare `$NAME`. */
const MARK = /\$\$\{[^{}]*\}|\$\{|\$[A-Za-z]\w*/g;
const NAME = /\s*([A-Za-z_]\w*(?:\.[^|{}$]*)?)/y;
const EXPRESSION = /\s*\|\s*([a-z]+)\s*(?:\(\s*("(?:[^"\\]|\\.)*"|[^()"]*?)\s*\))?\s*/y;
const END = /\s*\}/y;

/** Finds the variables in a text. Never fails: what cannot be read is left as it stands, and lint names it. */
export function parseText(source: string): Text {
  const parts: Part[] = [];
  let done = 0;
  const literal = (text: string) => {
    if (text !== '') parts.push({ kind: 'literal', text });
  };
  for (const { 0: mark, index } of source.matchAll(MARK)) {
    if (index < done) continue;
    const part = partAt(source, index, mark);
    if (part === undefined) continue;
    literal(source.slice(done, index));
    parts.push(part);
    done = index + (part.kind === 'literal' ? mark.length : part.written.length);
  }
  literal(source.slice(done));
  return parts;
}

function partAt(source: string, index: number, mark: string): Part | undefined {
  if (mark.startsWith('$$')) return { kind: 'literal', text: mark.slice(1) };
  if (mark !== '${') return { kind: 'bare', name: mark.slice(1), written: mark };
  return reference(source, index) ?? unreadable(source, index);
}

function reference(source: string, start: number): Part | undefined {
  const name = take(NAME, source, start + 2);
  if (name === undefined) return undefined;
  const expressions: Expression[] = [];
  let at = name.end;
  for (let next = take(EXPRESSION, source, at); next !== undefined; next = take(EXPRESSION, source, at)) {
    const expression = parseExpression(next.groups[0] ?? '', next.groups[1]);
    if (expression === undefined) return undefined;
    expressions.push(expression);
    at = next.end;
  }
  const end = take(END, source, at);
  if (end === undefined) return undefined;
  return {
    kind: 'variable',
    name: (name.groups[0] ?? '').trim(),
    expressions,
    written: source.slice(start, end.end),
  };
}

function unreadable(source: string, start: number): Part | undefined {
  const written = /^\$\{[^{}]*\}/.exec(source.slice(start, start + 1000))?.[0];
  return written === undefined ? undefined : { kind: 'unreadable', written };
}

function parseExpression(name: string, argument: string | undefined): Expression | undefined {
  switch (name) {
    case 'json':
    case 'upper':
      return argument === undefined ? { kind: name } : undefined;
    case 'default': {
      const value = parseScalar(argument);
      return value === undefined ? undefined : { kind: 'default', value };
    }
    case 'truncate': {
      const length = parseCount(argument, 1_000_000);
      return length === undefined ? undefined : { kind: 'truncate', length };
    }
    case 'round': {
      const digits = parseCount(argument, 20);
      return digits === undefined ? undefined : { kind: 'round', digits };
    }
    default:
      return undefined;
  }
}

function parseCount(argument: string | undefined, largest: number): number | undefined {
  if (argument === undefined || !/^\d{1,7}$/.test(argument)) return undefined;
  const count = Number(argument);
  return count <= largest ? count : undefined;
}

function parseScalar(argument: string | undefined): null | boolean | number | string | undefined {
  try {
    const value: unknown = JSON.parse(argument ?? '');
    return typeof value === 'object' && value !== null ? undefined : (value as null | boolean | number | string);
  } catch {
    return undefined;
  }
}

function take(pattern: RegExp, source: string, at: number) {
  pattern.lastIndex = at;
  const found = pattern.exec(source);
  return found === null ? undefined : { groups: found.slice(1), end: pattern.lastIndex };
}
