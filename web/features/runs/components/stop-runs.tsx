import { useQuery } from '@tanstack/react-query';
import { ConfirmDialog } from '../../../components/confirm-dialog.tsx';
import { messageOf } from '../../../lib/api/api-error.ts';
import { tellDone } from '../../../lib/notices.ts';
import { count } from '../../../lib/words.ts';
import { useStopRuns } from '../api/change-runs.ts';
import { askedGoing, type ChosenRuns, sizeOf } from '../api/chosen-runs.ts';
import { runCountQuery } from '../api/count-runs.ts';
import type { RunsPlace } from '../api/list-runs.ts';
import styles from './run-table.module.css';
import { StepsProgress } from './steps-progress.tsx';

interface StopRunsProps {
  readonly place: RunsPlace;
  readonly chosen: ChosenRuns;
  readonly opened: boolean;
  readonly onClose: () => void;
}

/** Asks whether the clients of chosen runs are to stop, and tells how many of the runs go on. */
export function StopRuns({ place, chosen, opened, onClose }: StopRunsProps) {
  const asked = askedGoing(chosen);
  const { data, error, isPlaceholderData } = useQuery({ ...runCountQuery(place, asked), enabled: opened });
  const going = isPlaceholderData ? undefined : data?.count;
  const target = chosen.kind === 'some' ? chosen : { ...chosen, asked, count: going ?? chosen.count };
  const stopping = useStopRuns(place, target);
  // none where their number is not known, or nothing
  const runs = going ? count(going, 'running run') : undefined;
  const stop = () =>
    stopping.mutate(undefined, {
      onSuccess: (number) => tellDone(`The clients of ${count(number, 'run')} are asked to stop.`),
      onSettled: onClose,
    });
  return (
    <ConfirmDialog
      opened={opened}
      onClose={onClose}
      title={going === 0 ? 'Nothing to stop' : `Stop ${runs ?? 'the running runs'}?`}
      confirm={`Stop ${runs ?? 'running runs'}`}
      keep={going === 0 ? 'Close' : 'Let them go on'}
      pending={stopping.isPending || (going === undefined && error === null)}
      disabled={going === 0}
      onConfirm={stop}
    >
      <span className={styles.whole}>{error === null ? consequences(going, sizeOf(chosen)) : messageOf(error)}</span>
      <StepsProgress chosen={target} done={stopping.done} pending={stopping.isPending} />
    </ConfirmDialog>
  );
}

function consequences(going: number | undefined, chosen: number): string {
  if (going === undefined) return 'Counting those that run …';
  if (going === 0) return chosen === 1 ? 'The chosen run has ended.' : `All ${count(chosen, 'chosen run')} have ended.`;
  const words = [
    going === 1
      ? 'Its client is asked to stop: within half a minute it interrupts its script, and the run counts as killed.'
      : 'Their clients are asked to stop: within half a minute they interrupt their scripts, and the runs count as killed.',
    'Automations that watch for failed runs do not fire.',
    ...(chosen > going ? [`What has ended stays as it is: ${count(chosen - going, 'run')}.`] : []),
  ];
  return words.join(' ');
}
