import { Text } from '@mantine/core';
import { count } from '../../../lib/words.ts';
import type { ChosenRuns } from '../api/chosen-runs.ts';

interface StepsProgressProps {
  readonly chosen: ChosenRuns;
  readonly done: number;
  readonly pending: boolean;
}

/** How far it is, where that takes more than one step. */
export function StepsProgress({ chosen, done, pending }: StepsProgressProps) {
  if (!pending || chosen.kind === 'some') return null;
  return (
    <Text component="span" size="sm" c="dimmed" role="status">
      {done.toLocaleString('en')} of {count(chosen.count, 'run')} done …
    </Text>
  );
}
