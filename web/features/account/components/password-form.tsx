import { Button, Group, PasswordInput, Stack } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { ApiError, messageOf } from '../../../lib/api/api-error.ts';
import { tellDone } from '../../../lib/notices.ts';
import { useSetPassword } from '../api/set-password.ts';
import { useViewer } from '../api/use-viewer.ts';

const SHORTEST = 8;

/** Sets the viewer's password, or changes it. */
export function PasswordForm() {
  const { hasPassword, username } = useViewer();
  const [current, setCurrent] = useState('');
  const [password, setPassword] = useState('');
  const setting = useSetPassword();
  const wrong = setting.error === null ? undefined : messageOf(setting.error);
  const ofCurrent = setting.error instanceof ApiError && setting.error.field === 'currentPassword';
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    const body = { currentPassword: hasPassword ? current : null, password };
    setting.mutate(body, {
      onSuccess: () => {
        setCurrent('');
        setPassword('');
        tellDone(hasPassword ? 'Your password was changed; other browsers are signed out.' : 'Your password is set.');
      },
    });
  };
  return (
    <form onSubmit={submit}>
      <Stack gap="md" maw={400}>
        <input type="text" name="username" autoComplete="username" value={username} readOnly hidden />
        {hasPassword && (
          <PasswordInput
            label="Current password"
            autoComplete="current-password"
            value={current}
            onChange={(event) => setCurrent(event.currentTarget.value)}
            error={ofCurrent ? wrong : undefined}
            required
            withAsterisk={false}
          />
        )}
        <PasswordInput
          label="New password"
          description={`At least ${SHORTEST} characters.`}
          autoComplete="new-password"
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
          error={ofCurrent ? undefined : wrong}
          minLength={SHORTEST}
          required
          withAsterisk={false}
        />
        <Group>
          <Button type="submit" loading={setting.isPending} disabled={password.length < SHORTEST}>
            {hasPassword ? 'Change password' : 'Set password'}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
