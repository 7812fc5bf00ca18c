import { Button, Menu } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { CircleStop, Trash2 } from 'lucide-react';
import { ConfirmDialog } from '../../../components/confirm-dialog.tsx';
import { RowMenu } from '../../../components/row-menu.tsx';
import type { RunDetails } from '../../../lib/api/generated.ts';
import { doAndLeave } from '../../../lib/do-and-leave.ts';
import type { RunPlace } from '../../../lib/metric-history.ts';
import { tellDone } from '../../../lib/notices.ts';
import { useDeleteRun, useStopRun } from '../api/change-run.ts';

interface RunActionsProps {
  readonly place: RunPlace;
  readonly run: RunDetails;
  readonly onDeleted: () => void;
}

/** What is done with a run as a whole, by who may write to it. */
export function RunActions({ place, run, onDeleted }: RunActionsProps) {
  const [deleting, { open, close }] = useDisclosure(false);
  return (
    <>
      {(run.state === 'running' || run.state === 'preempting') && <StopButton place={place} run={run} />}
      <RowMenu label={`More of ${run.name}`}>
        <Menu.Item color="red" leftSection={<Trash2 size={14} aria-hidden />} onClick={open}>
          Delete
        </Menu.Item>
      </RowMenu>
      <DeleteDialog place={place} run={run} opened={deleting} onClose={close} onDeleted={onDeleted} />
    </>
  );
}

function StopButton({ place, run }: Pick<RunActionsProps, 'place' | 'run'>) {
  const [opened, { open, close }] = useDisclosure(false);
  const stopping = useStopRun(place);
  if (run.stopRequested) {
    return (
      <Button variant="default" disabled>
        Stopping …
      </Button>
    );
  }
  return (
    <>
      <Button variant="default" leftSection={<CircleStop size={15} aria-hidden />} onClick={open}>
        Stop
      </Button>
      <ConfirmDialog
        opened={opened}
        onClose={close}
        title="Stop this run?"
        confirm="Stop run"
        keep="Let it go on"
        pending={stopping.isPending}
        onConfirm={() => stopping.mutate(undefined, { onSuccess: close })}
      >
        The client of {run.name} is asked to stop: within half a minute it interrupts its script, and the run counts as
        killed. Automations that watch for failed runs do not fire.
      </ConfirmDialog>
    </>
  );
}

interface DeleteDialogProps extends RunActionsProps {
  readonly opened: boolean;
  readonly onClose: () => void;
}

function DeleteDialog({ place, run, opened, onClose, onDeleted }: DeleteDialogProps) {
  const deletion = useDeleteRun(place);
  const remove = () =>
    doAndLeave(deletion, undefined, { tell: () => tellDone(`${run.name} is deleted.`), leave: onDeleted });
  return (
    <ConfirmDialog
      opened={opened}
      onClose={onClose}
      title="Delete this run?"
      confirm="Delete run"
      keep="Keep it"
      pending={deletion.isPending}
      onConfirm={remove}
    >
      {run.name} goes with its history, its log and its files, for good
      {run.state === 'running' && ', and its client cannot log to it any more'}. Artifact versions that it logged stay,
      and so do the executions that it caused.
    </ConfirmDialog>
  );
}
