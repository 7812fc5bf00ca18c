import { Button, Checkbox, Group, Stack, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { ApiError, messageOf } from '../../../lib/api/api-error.ts';
import type { FreshUser } from '../api/users.ts';
import { firstPassword } from './first-password.ts';

interface UserFormProps {
  readonly email: string;
  readonly saving: { readonly isPending: boolean; readonly error: Error | null };
  readonly onSubmit: (user: FreshUser) => void;
}

/** Who a new user is. */
export function UserForm({ email: given, saving, onSubmit }: UserFormProps) {
  const [username, setUsername] = useState(given.split('@')[0] ?? '');
  const [email, setEmail] = useState(given);
  const [admin, setAdmin] = useState(false);
  const wrong = saving.error === null ? undefined : messageOf(saving.error);
  const ofEmail = saving.error instanceof ApiError && saving.error.field === 'email';
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    onSubmit({ username: username.trim(), email: email.trim() || null, admin, password: firstPassword() });
  };
  return (
    <form onSubmit={submit}>
      <Stack>
        <TextInput
          label="User name"
          description="It stays, and is part of addresses."
          autoComplete="off"
          value={username}
          onChange={(event) => setUsername(event.currentTarget.value)}
          error={ofEmail ? undefined : wrong}
          required
          withAsterisk={false}
          data-autofocus
        />
        <TextInput
          label="Email"
          description="Whoever was invited by it is a member then."
          type="email"
          autoComplete="off"
          value={email}
          onChange={(event) => setEmail(event.currentTarget.value)}
          error={ofEmail ? wrong : undefined}
        />
        <Checkbox
          label="Instance admin"
          description="May do everything, everywhere."
          checked={admin}
          onChange={(event) => setAdmin(event.currentTarget.checked)}
        />
        <Group justify="flex-end">
          <Button type="submit" loading={saving.isPending} disabled={username.trim() === ''}>
            Create user
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
