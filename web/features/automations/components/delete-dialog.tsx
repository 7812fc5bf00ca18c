import { ConfirmDialog } from '../../../components/confirm-dialog.tsx';
import { doAndLeave } from '../../../lib/do-and-leave.ts';
import { tellDone } from '../../../lib/notices.ts';
import { useDeleteAutomation } from '../api/delete-automation.ts';
import type { Automation } from '../api/list-automations.ts';

interface DeleteDialogProps {
  readonly automation: Automation;
  readonly opened: boolean;
  readonly onClose: () => void;
  readonly onDeleted: () => void;
}

/** Deletes an automation, once that is confirmed. */
export function DeleteDialog({ automation, opened, onClose, onDeleted }: DeleteDialogProps) {
  const deletion = useDeleteAutomation(automation);
  const remove = () =>
    doAndLeave(deletion, undefined, {
      tell: () => tellDone(`“${automation.name}” is deleted.`),
      leave: onDeleted,
    });
  return (
    <ConfirmDialog
      opened={opened}
      onClose={onClose}
      title="Delete this automation?"
      confirm="Delete automation"
      keep="Keep it"
      pending={deletion.isPending}
      onConfirm={remove}
    >
      “{automation.name}” will watch nothing any more, and what it has not sent yet is cancelled. Its history stays.
    </ConfirmDialog>
  );
}
