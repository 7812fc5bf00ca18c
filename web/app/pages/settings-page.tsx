import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { KeyRound } from 'lucide-react';
import { Page, Section } from '../../components/page.tsx';
import { useSignOutEverywhere } from '../../features/account/api/sign-out.ts';
import { useViewer } from '../../features/account/api/use-viewer.ts';
import { PasswordForm } from '../../features/account/components/password-form.tsx';
import { SessionList } from '../../features/account/components/session-list.tsx';

/** What concerns oneself: password, sessions, keys. */
export function SettingsPage() {
  const { username, email, hasPassword } = useViewer();
  const everywhere = useSignOutEverywhere();
  return (
    <Page
      title="Settings"
      narrow
      lead={email === null ? username : `${username} · ${email}`}
      actions={
        <Button component={Link} to="/settings/api-keys" variant="default" leftSection={<KeyRound size={16} />}>
          API keys
        </Button>
      }
    >
      <Section
        title="Password"
        lead={
          hasPassword
            ? 'Changing it signs you out in every other browser.'
            : 'You have none yet: you sign in with an API key. With a password you need no key at hand.'
        }
      >
        <PasswordForm />
      </Section>
      <Section
        title="Sessions"
        lead="Where you are signed in. A session ends after 14 days without use."
        actions={
          <Button variant="default" loading={everywhere.isPending} onClick={() => everywhere.mutate()}>
            Sign out everywhere
          </Button>
        }
      >
        <SessionList />
      </Section>
    </Page>
  );
}
