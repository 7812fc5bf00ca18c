import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { call } from '../../../lib/api/call.ts';
import {
  postEntityProjectRunRemovals,
  postEntityProjectRunStops,
  postEntityProjectRunTags,
} from '../../../lib/api/generated.ts';
import { type ChosenRuns, inSteps } from './chosen-runs.ts';
import type { RunsPlace } from './list-runs.ts';

export interface TagEdit {
  readonly add: readonly string[];
  readonly remove: readonly string[];
}

/** Changes the tags of chosen runs; tells how many it changed. */
export function useTagRuns(place: RunsPlace, chosen: ChosenRuns) {
  return useSteps(place, chosen, async (runs, { add, remove }: TagEdit) => {
    const body = { runs, add: [...add], remove: [...remove] };
    return (await call(postEntityProjectRunTags, { params: { ...place }, body })).count;
  });
}

/** Asks the clients of chosen runs to stop; tells how many it asked. */
export function useStopRuns(place: RunsPlace, chosen: ChosenRuns) {
  return useSteps<void>(place, chosen, async (runs) => {
    return (await call(postEntityProjectRunStops, { params: { ...place }, body: { runs } })).count;
  });
}

/** Deletes chosen runs; tells how many there were. */
export function useDeleteRuns(place: RunsPlace, chosen: ChosenRuns) {
  return useSteps<void>(place, chosen, async (runs) => {
    return (await call(postEntityProjectRunRemovals, { params: { ...place }, body: { runs } })).count;
  });
}

function useSteps<Asked>(
  place: RunsPlace,
  chosen: ChosenRuns,
  step: (runs: string[], asked: Asked) => Promise<number>,
) {
  const client = useQueryClient();
  const [done, setDone] = useState(0);
  const mutation = useMutation({
    mutationFn: (asked: Asked) => {
      setDone(0);
      return inSteps(place, chosen, (runs) => step(runs, asked), setDone);
    },
    onSettled: () => client.invalidateQueries({ queryKey: ['runs', place.entity, place.project] }),
  });
  return { ...mutation, done };
}
