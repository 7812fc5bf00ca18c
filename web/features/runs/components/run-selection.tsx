import { Button, Group, Stack, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { CircleStop, Columns2, Tag, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { ConfirmDialog } from '../../../components/confirm-dialog.tsx';
import { Dialog } from '../../../components/dialog.tsx';
import { TypedTags } from '../../../components/typed-tags.tsx';
import { tellDone } from '../../../lib/notices.ts';
import { runsOf } from '../../../lib/run-ids.ts';
import { count } from '../../../lib/words.ts';
import { useDeleteRuns, useTagRuns } from '../api/change-runs.ts';
import { type ChosenRuns, sizeOf } from '../api/chosen-runs.ts';
import type { RunsPlace } from '../api/list-runs.ts';
import styles from './run-table.module.css';
import { StepsProgress } from './steps-progress.tsx';
import { StopRuns } from './stop-runs.tsx';

interface RunSelectionProps {
  readonly place: RunsPlace;
  readonly chosen: ChosenRuns;
  readonly mayChange: boolean;
  readonly onClear: () => void;
}

/** What the buttons are called, and which dialog they lead to. */
const DEEDS = [
  { dialog: 'tag', name: 'Tag', Icon: Tag },
  { dialog: 'stop', name: 'Stop', Icon: CircleStop },
  { dialog: 'delete', name: 'Delete', Icon: Trash2 },
] as const;

/** What can be done with the runs that are chosen. */
export function RunSelection({ place, chosen, mayChange, onClear }: RunSelectionProps) {
  const [dialog, setDialog] = useState<(typeof DEEDS)[number]['dialog']>();
  const number = sizeOf(chosen);
  const close = () => setDialog(undefined);
  return (
    <>
      <Text size="sm" fw={550}>
        {chosen.kind === 'found' ? `All ${count(number, 'run')} chosen` : `${count(number, 'run')} chosen`}
      </Text>
      {chosen.kind === 'some' && (
        <Button
          size="xs"
          leftSection={<Columns2 size={14} aria-hidden />}
          renderRoot={(props) => (
            <Link
              {...props}
              to="/$entity/$project/workspace"
              params={place}
              search={{ runs: runsOf([...chosen.ids]) }}
            />
          )}
        >
          Compare {count(number, 'run')} in the workspace
        </Button>
      )}
      {mayChange &&
        DEEDS.map(({ dialog: leadsTo, name, Icon }) => (
          <Button
            key={leadsTo}
            size="xs"
            variant="default"
            leftSection={<Icon size={14} aria-hidden />}
            onClick={() => setDialog(leadsTo)}
          >
            {name}
          </Button>
        ))}
      <Button size="xs" variant="subtle" color="gray" onClick={onClear}>
        Choose none
      </Button>
      {dialog === 'tag' && <TagDialog place={place} chosen={chosen} onClose={close} />}
      <StopRuns place={place} chosen={chosen} opened={dialog === 'stop'} onClose={close} />
      <DeleteDialog place={place} chosen={chosen} opened={dialog === 'delete'} onClose={close} onDeleted={onClear} />
    </>
  );
}

interface DialogProps {
  readonly place: RunsPlace;
  readonly chosen: ChosenRuns;
  readonly onClose: () => void;
}

function TagDialog({ place, chosen, onClose }: DialogProps) {
  const [add, setAdd] = useState<string[]>([]);
  const [remove, setRemove] = useState<string[]>([]);
  const tagging = useTagRuns(place, chosen);
  const runs = count(sizeOf(chosen), 'run');
  const save = () =>
    tagging.mutate(
      { add, remove },
      {
        onSuccess: (number) => tellDone(`The tags of ${count(number, 'run')} were changed.`),
        onSettled: onClose,
      },
    );
  return (
    <Dialog onClose={onClose} title={`Tags of ${runs}`}>
      <Stack>
        <TypedTags
          label="Add"
          description="Enter after each."
          value={add}
          onChange={setAdd}
          acceptValueOnBlur
          data-autofocus
        />
        <TypedTags label="Take away" value={remove} onChange={setRemove} acceptValueOnBlur />
        <StepsProgress chosen={chosen} done={tagging.done} pending={tagging.isPending} />
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button disabled={add.length + remove.length === 0} loading={tagging.isPending} onClick={save}>
            Tag {runs}
          </Button>
        </Group>
      </Stack>
    </Dialog>
  );
}

interface DeleteDialogProps extends DialogProps {
  readonly opened: boolean;
  readonly onDeleted: () => void;
}

function DeleteDialog({ place, chosen, opened, onClose, onDeleted }: DeleteDialogProps) {
  const deleting = useDeleteRuns(place, chosen);
  const runs = count(sizeOf(chosen), 'run');
  const remove = () =>
    deleting.mutate(undefined, {
      onSuccess: (number) => {
        tellDone(`${count(number, 'run')} deleted.`);
        onDeleted();
      },
      onSettled: onClose,
    });
  return (
    <ConfirmDialog
      opened={opened}
      onClose={onClose}
      title={`Delete ${runs}?`}
      confirm={`Delete ${runs}`}
      pending={deleting.isPending}
      onConfirm={remove}
    >
      <span className={styles.whole}>
        History, files and console output go too, for good; artifacts stay. A client that still writes to such a run is
        told that it does not exist.
      </span>
      <StepsProgress chosen={chosen} done={deleting.done} pending={deleting.isPending} />
    </ConfirmDialog>
  );
}
