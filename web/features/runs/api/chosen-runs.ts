import { GOING_STATES } from '../../../../src/model/run-state.ts';
import { call } from '../../../lib/api/call.ts';
import { getEntityProjectRuns } from '../../../lib/api/generated.ts';
import type { RunsAsked, RunsPlace } from './list-runs.ts';

/** Runs that something is done to: some by their ids, or all that are found. */
export type ChosenRuns =
  | { readonly kind: 'some'; readonly ids: readonly string[] }
  | { readonly kind: 'found'; readonly asked: RunsAsked; readonly count: number };

/** Found runs that something is done to at a time. */
export const MOST_FOUND = 10_000;
/** As many as the API lists at once, and as many as it changes. */
const LISTED = 200;
const CHANGED = 500;

export function sizeOf(chosen: ChosenRuns): number {
  return chosen.kind === 'some' ? chosen.ids.length : chosen.count;
}

/** Of chosen runs those that have not ended. */
export function askedGoing(chosen: ChosenRuns): RunsAsked {
  const going = { state: { $in: GOING_STATES } };
  if (chosen.kind === 'some') return { filter: JSON.stringify({ name: { $in: chosen.ids }, ...going }) };
  const { search, filter } = chosen.asked;
  return { search, filter: JSON.stringify(filter === undefined ? going : { $and: [JSON.parse(filter), going] }) };
}

/** Does something to runs, so many at a time. @returns how many it was done to, told after each step */
export async function inSteps(
  place: RunsPlace,
  chosen: ChosenRuns,
  step: (ids: string[]) => Promise<number>,
  onDone: (done: number) => void,
): Promise<number> {
  const ids = chosen.kind === 'some' ? [...chosen.ids] : await foundIds(place, chosen.asked);
  let done = 0;
  for (let from = 0; from < ids.length; from += CHANGED) {
    done += await step(ids.slice(from, from + CHANGED));
    onDone(done);
  }
  return done;
}

/** They are all found before the first is changed: what is changed may match no more. */
async function foundIds({ entity, project }: RunsPlace, asked: RunsAsked): Promise<string[]> {
  const ids: string[] = [];
  let cursor: string | undefined;
  do {
    const { items, nextCursor } = await call(getEntityProjectRuns, {
      params: { entity, project },
      query: { ...asked, columns: ['state'], limit: LISTED, cursor },
    });
    ids.push(...items.map(({ id }) => id));
    cursor = nextCursor ?? undefined;
  } while (cursor !== undefined && ids.length < MOST_FOUND);
  return ids.slice(0, MOST_FOUND);
}
