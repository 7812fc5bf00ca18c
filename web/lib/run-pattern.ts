/** A regular expression that the names of some runs alone match. */
export function patternOfNames(names: readonly string[]): string {
  const [only] = names;
  return names.length === 1 && only !== undefined ? `^${literal(only)}$` : `^(${names.map(literal).join('|')})$`;
}

/** A text as a regular expression that it alone matches. */
export function literal(text: string): string {
  return text.replaceAll(/[\\^$.*+?()[\]{}|]/g, '\\$&');
}
