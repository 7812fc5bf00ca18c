import { parseText } from './parse-text.ts';

/** The names that texts refer to, known or not. */
export function namesIn(sources: readonly string[]): ReadonlySet<string> {
  return new Set(sources.flatMap(parseText).flatMap((part) => ('name' in part ? [part.name] : [])));
}
