import { Button, Group, Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { Dialog } from './dialog.tsx';

export interface ConfirmDialogProps {
  readonly opened: boolean;
  readonly onClose: () => void;
  /** A question. */
  readonly title: string;
  /** What comes of it. */
  readonly children: ReactNode;
  /** What is done, on its button. */
  readonly confirm: string;
  readonly keep?: string;
  readonly pending: boolean;
  readonly onConfirm: () => void;
  /** There is nothing to be done. */
  readonly disabled?: boolean;
  /** Something is lost by it. */
  readonly grave?: boolean;
}

/** Asks whether somebody means it. */
export function ConfirmDialog(props: ConfirmDialogProps) {
  const { opened, onClose, title, children, confirm, keep = 'Cancel', pending, onConfirm } = props;
  const { disabled = false, grave = true } = props;
  return (
    <Dialog opened={opened} onClose={onClose} title={title}>
      <Stack>
        <Text component="div">{children}</Text>
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose} data-autofocus>
            {keep}
          </Button>
          <Button {...(grave ? { color: 'red' } : {})} loading={pending} disabled={disabled} onClick={onConfirm}>
            {confirm}
          </Button>
        </Group>
      </Stack>
    </Dialog>
  );
}
