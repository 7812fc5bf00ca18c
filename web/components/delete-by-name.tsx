import { Alert, Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { type FormEvent, type ReactNode, useState } from 'react';
import { messageOf } from '../lib/api/api-error.ts';

interface DeleteByNameProps {
  readonly name: string;
  /** What the button says. */
  readonly confirm: string;
  readonly pending: boolean;
  readonly error: Error | null;
  readonly onConfirm: () => void;
  readonly onCancel: () => void;
  /** What goes with it, and what stays. */
  readonly children: ReactNode;
}

/** The form that deletes what much hangs on, once somebody has typed its name. */
export function DeleteByName({ name, confirm, pending, error, onConfirm, onCancel, children }: DeleteByNameProps) {
  const [typed, setTyped] = useState('');
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    onConfirm();
  };
  return (
    <form onSubmit={submit}>
      <Stack>
        <Text>{children}</Text>
        <TextInput
          label={`Type ${name} to confirm`}
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
          autoComplete="off"
          data-autofocus
        />
        {error !== null && (
          <Alert color="red" variant="light" role="alert">
            {messageOf(error)}
          </Alert>
        )}
        <Group justify="flex-end">
          <Button variant="default" onClick={onCancel}>
            Cancel
          </Button>
          <Button type="submit" color="red" loading={pending} disabled={typed !== name}>
            {confirm}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
