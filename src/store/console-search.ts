import { plainText } from '../model/ansi.ts';
import { parseConsoleLine } from '../model/console-line.ts';
import { consoleRange } from './console-reads.ts';
import type { Queryable } from './database.ts';
import type { RunKey } from './run-heads.ts';

export interface ConsoleSearch {
  /** Part of a line as it is shown, in any case. */
  readonly text: string;
  /** The first line that is looked at. */
  readonly from: number;
  /** How many lines there are. */
  readonly total: number;
}

export interface ConsoleMatches {
  /** Numbers of lines, ascending. */
  readonly lines: readonly number[];
  /** Where the search goes on; `null` when it has come to the end. */
  readonly next: number | null;
}

/** Lines and matches of one answer: whoever wants more asks again, and others come between. */
const MOST_LOOKED_AT = 20_000;
const MOST_MATCHES = 1_000;
const AT_ONCE = 5_000;

/** The next lines of a console that hold a text. */
export async function searchConsole(
  database: Queryable,
  key: RunKey,
  { text, from, total }: ConsoleSearch,
): Promise<ConsoleMatches> {
  const wanted = text.toLowerCase();
  const end = Math.min(total, from + MOST_LOOKED_AT);
  const found: number[] = [];
  for (let at = from; at < end; at += AT_ONCE) {
    const lines = await consoleRange(database, key, { from: at, before: Math.min(end, at + AT_ONCE) });
    for (const line of lines) if (shown(line.text).includes(wanted)) found.push(line.number);
    const last = found[MOST_MATCHES - 1];
    if (last !== undefined) return { lines: found.slice(0, MOST_MATCHES), next: last + 1 };
  }
  return { lines: found, next: end < total ? end : null };
}

function shown(text: string): string {
  return plainText(parseConsoleLine(text).line).toLowerCase();
}
