import { Button } from '@mantine/core';
import { Section } from '../../components/page.tsx';
import { useSignOutEverywhere } from '../../features/account/api/sign-out.ts';
import { useViewer } from '../../features/account/api/use-viewer.ts';
import { PasswordForm } from '../../features/account/components/password-form.tsx';
import { SessionList } from '../../features/account/components/session-list.tsx';
import { OwnSettings } from './own-settings.tsx';

/** How one signs in, and where one is signed in. */
export function SettingsPage() {
  const { hasPassword } = useViewer();
  const everywhere = useSignOutEverywhere();
  return (
    <OwnSettings part="Account">
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
    </OwnSettings>
  );
}
