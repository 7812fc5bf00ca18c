import { Button } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import type { Automation } from '../../api/list-automations.ts';
import { DeleteDialog } from '../delete-dialog.tsx';

interface DeleteButtonProps {
  readonly automation: Automation;
  readonly onDeleted: () => void;
}

/** Deletes an automation, once that is confirmed. */
export function DeleteButton({ automation, onDeleted }: DeleteButtonProps) {
  const [opened, { open, close }] = useDisclosure(false);
  return (
    <>
      <Button variant="default" onClick={open}>
        Delete
      </Button>
      <DeleteDialog automation={automation} opened={opened} onClose={close} onDeleted={onDeleted} />
    </>
  );
}
