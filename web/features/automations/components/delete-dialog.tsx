import { Button, Group, Modal, Text } from '@mantine/core';
import { tellDone } from '../../../lib/notices.ts';
import { useDeleteAutomation } from '../api/delete-automation.ts';
import type { Automation } from '../api/list-automations.ts';

interface DeleteDialogProps {
  readonly automation: Automation;
  readonly opened: boolean;
  readonly onClose: () => void;
  readonly onDeleted?: () => void;
}

/** Deletes an automation, once that is confirmed. */
export function DeleteDialog({ automation, opened, onClose, onDeleted }: DeleteDialogProps) {
  const deletion = useDeleteAutomation(automation);
  const remove = () =>
    deletion.mutate(undefined, {
      onSuccess: () => {
        tellDone(`“${automation.name}” is deleted.`);
        onDeleted?.();
      },
    });
  return (
    <Modal opened={opened} onClose={onClose} title="Delete this automation?">
      <Text>
        “{automation.name}” will watch nothing any more, and what it has not sent yet is cancelled. Its history stays.
      </Text>
      <Group justify="flex-end" mt="lg">
        <Button variant="default" onClick={onClose} data-autofocus>
          Keep it
        </Button>
        <Button color="red" onClick={remove} loading={deletion.isPending}>
          Delete automation
        </Button>
      </Group>
    </Modal>
  );
}
