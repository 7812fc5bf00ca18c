import { Button } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { ConfirmDialog } from '../../../../components/confirm-dialog.tsx';
import { tellDone } from '../../../../lib/notices.ts';
import { useDeleteAutomation } from '../../api/delete-automation.ts';
import type { Automation } from '../../api/list-automations.ts';

interface DeleteButtonProps {
  readonly automation: Automation;
  readonly onDeleted: () => void;
}

/** Deletes an automation, once that is confirmed. */
export function DeleteButton({ automation, onDeleted }: DeleteButtonProps) {
  const [opened, { open, close }] = useDisclosure(false);
  const deletion = useDeleteAutomation(automation);
  const remove = () =>
    deletion.mutate(undefined, {
      onSuccess: () => {
        tellDone(`“${automation.name}” is deleted.`);
        onDeleted();
      },
    });
  return (
    <>
      <Button variant="default" onClick={open}>
        Delete
      </Button>
      <ConfirmDialog
        opened={opened}
        onClose={close}
        title="Delete this automation?"
        confirm="Delete automation"
        keep="Keep it"
        pending={deletion.isPending}
        onConfirm={remove}
      >
        “{automation.name}” will watch nothing any more, and what it has not sent yet is cancelled. Its history stays.
      </ConfirmDialog>
    </>
  );
}
