import { Button } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { ConfirmDialog, type ConfirmDialogProps } from './confirm-dialog.tsx';

interface ConfirmButtonProps extends Omit<ConfirmDialogProps, 'opened' | 'onClose' | 'onConfirm'> {
  readonly label: string;
  /** What it is done to, for whoever hears the button in a row. */
  readonly about?: string;
  /** @param close to be called once it is done */
  readonly onConfirm: (close: () => void) => void;
}

/** A button at the end of a row that does something grave, once that is confirmed. */
export function ConfirmButton({ label, about, onConfirm, ...dialog }: ConfirmButtonProps) {
  const [opened, { open, close }] = useDisclosure(false);
  return (
    <>
      <Button
        variant="subtle"
        color="red"
        c="var(--bad)"
        size="compact-sm"
        onClick={open}
        {...(about === undefined ? {} : { 'aria-label': `${label} ${about}` })}
      >
        {label}
      </Button>
      <ConfirmDialog {...dialog} opened={opened} onClose={close} onConfirm={() => onConfirm(close)} />
    </>
  );
}
