import { Button, Group, Stack, TextInput } from '@mantine/core';
import { type FormEvent, type ReactNode, useState } from 'react';
import { messageOf } from '../../../lib/api/api-error.ts';

interface DescriptionFormProps {
  readonly initial?: string;
  /** What else is asked. */
  readonly children?: ReactNode;
  readonly submit: string;
  readonly saving: { readonly isPending: boolean; readonly error: Error | null };
  readonly onSubmit: (description: string) => void;
}

const LONGEST = 128;

/** What people call a service account. */
export function DescriptionForm({ initial = '', children, submit, saving, onSubmit }: DescriptionFormProps) {
  const [description, setDescription] = useState(initial);
  const send = (event: FormEvent): void => {
    event.preventDefault();
    onSubmit(description.trim());
  };
  return (
    <form onSubmit={send}>
      <Stack>
        <TextInput
          label="Description"
          description="What the program does, so that people know whose key it is."
          placeholder="nightly builds, CI of the model repository …"
          value={description}
          onChange={(event) => setDescription(event.currentTarget.value)}
          error={saving.error === null ? undefined : messageOf(saving.error)}
          maxLength={LONGEST}
          data-autofocus
        />
        {children}
        <Group justify="flex-end">
          <Button type="submit" loading={saving.isPending} disabled={description.trim() === ''}>
            {submit}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
