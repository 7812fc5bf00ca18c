import { Alert, Button, PasswordInput, SegmentedControl, Stack, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { ApiError, messageOf } from '../../../lib/api/api-error.ts';
import { type Credentials, useSignIn } from '../api/sign-in.ts';

const WAYS = [
  { value: 'password', label: 'Password' },
  { value: 'key', label: 'API key' },
];

/** Asks for a password or an API key. @param onDone once the session has begun */
export function SignInForm({ onDone }: { readonly onDone: () => void }) {
  const [way, setWay] = useState('password');
  const signIn = useSignIn();
  const submit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    signIn.mutate(credentialsOf(form), { onSuccess: onDone });
  };
  const field = signIn.error instanceof ApiError ? signIn.error.field : undefined;
  const wrong = signIn.error === null ? undefined : messageOf(signIn.error);
  const at = (name: string) => (field === name ? wrong : undefined);
  const elsewhere = wrong !== undefined && at('password') === undefined && at('apiKey') === undefined;
  return (
    <form onSubmit={submit}>
      <Stack gap="md">
        <SegmentedControl
          data={WAYS}
          value={way}
          onChange={(chosen) => {
            setWay(chosen);
            signIn.reset();
          }}
          fullWidth
          aria-label="Sign in with"
        />
        {elsewhere && (
          <Alert color="red" role="alert">
            {wrong}
          </Alert>
        )}
        {way === 'password' ? <PasswordFields wrong={at('password')} /> : <KeyField wrong={at('apiKey')} />}
        <Button type="submit" loading={signIn.isPending} fullWidth>
          Sign in
        </Button>
      </Stack>
    </form>
  );
}

function PasswordFields({ wrong }: { readonly wrong: string | undefined }) {
  return (
    <>
      <TextInput
        name="username"
        label="User name or email"
        autoComplete="username"
        required
        autoFocus
        withAsterisk={false}
      />
      <PasswordInput
        name="password"
        label="Password"
        autoComplete="current-password"
        required
        withAsterisk={false}
        error={wrong}
      />
    </>
  );
}

function KeyField({ wrong }: { readonly wrong: string | undefined }) {
  return (
    <PasswordInput
      name="apiKey"
      label="API key"
      description="The first start of Tripline shows one; or the key that you train with."
      autoComplete="off"
      required
      autoFocus
      withAsterisk={false}
      error={wrong}
    />
  );
}

function credentialsOf(form: FormData): Credentials {
  const text = (name: string): string => String(form.get(name) ?? '');
  return form.has('apiKey')
    ? { apiKey: text('apiKey') }
    : { username: text('username').trim(), password: text('password') };
}
