import { useInfiniteQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { RunPlace } from '../../../lib/metric-history.ts';
import { useSettled } from '../../../lib/use-settled.ts';
import { count } from '../../../lib/words.ts';
import { logMatchesQuery, MOST_MATCHES } from '../api/log-matches.ts';

export interface LogSearch {
  /** What is looked for, in small letters, once somebody has typed it. */
  readonly settled: string;
  readonly isEmpty: boolean;
  /** How many there are, and at which one stands. */
  readonly words: string;
  /** Goes to the next match, or back to the one before; from the last to the first. */
  readonly step: (isBack: boolean) => void;
}

interface SearchedLog {
  readonly place: RunPlace;
  readonly text: string;
  /** How many lines there are; grows while the run goes on. */
  readonly total: number;
  /** Where one stands, from 1. */
  readonly line: number | undefined;
  readonly onLine: (line: number) => void;
}

/** Finds a text in a log, one piece after the other, and steps through what is found. */
export function useLogSearch({ place, text, total, line, onLine }: SearchedLog): LogSearch {
  const wanted = wordedAs(text);
  const settled = wordedAs(useSettled(text));
  const { data, hasNextPage, isFetching, fetchNextPage } = useInfiniteQuery(logMatchesQuery(place, settled, total));
  useEffect(() => {
    if (hasNextPage && !isFetching) void fetchNextPage();
  }, [hasNextPage, isFetching, fetchNextPage]);
  const matches = data?.lines ?? [];
  const at = line === undefined ? -1 : matches.indexOf(line - 1);
  const go = (isBack: boolean): void => {
    const next = isBack ? before(matches, line) : after(matches, line);
    if (next !== undefined) onLine(next + 1);
  };
  // whoever steps while the text is still looked for steps when it is found
  const [awaited, setAwaited] = useState<{ readonly isBack: boolean }>();
  const isFound = data !== undefined && settled === wanted;
  useEffect(() => {
    if (awaited === undefined || !isFound) return;
    setAwaited(undefined);
    go(awaited.isBack);
  });
  const step = (isBack: boolean): void => {
    if (isFound) go(isBack);
    else if (wanted !== '') setAwaited({ isBack });
  };
  // what was written since is searched unheard: the number grows when something is found
  const isSearching = data === undefined || (data.isCut && hasNextPage);
  return { settled, isEmpty: matches.length === 0, words: wordsOf(matches.length, at, isSearching), step };
}

/** Case and what is around a text do not matter. */
function wordedAs(text: string): string {
  return text.trim().toLowerCase();
}

function after(matches: readonly number[], line = 0): number | undefined {
  return matches.find((match) => match > line - 1) ?? matches[0];
}

function before(matches: readonly number[], line = Number.POSITIVE_INFINITY): number | undefined {
  return matches.findLast((match) => match < line - 1) ?? matches.at(-1);
}

function wordsOf(total: number, at: number, isSearching: boolean): string {
  if (total === 0) return isSearching ? 'Searching …' : 'No match';
  const all = total >= MOST_MATCHES || isSearching ? `${total.toLocaleString('en')}+` : total.toLocaleString('en');
  if (at >= 0) return `${(at + 1).toLocaleString('en')} of ${all}`;
  return isSearching ? `${all} matches` : count(total, 'match', 'matches');
}
