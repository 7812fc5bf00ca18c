import { Button, Stack } from '@mantine/core';
import { Terminal } from 'lucide-react';
import { Page } from '../../components/page.tsx';
import { Panel } from '../../components/panel.tsx';
import { useViewer } from '../../features/account/api/use-viewer.ts';
import { useCreateApiKey } from '../../features/api-keys/api/create-api-key.ts';
import { FreshLoginKey } from '../../features/api-keys/components/fresh-login-key.tsx';

/** Where `wandb login` sends people. Keys are stored as hashes, so that it makes a new one instead of showing an old. */
export function AuthorizePage() {
  const { username } = useViewer();
  const creation = useCreateApiKey();
  return (
    <Page title="Connect a machine" narrow lead={`Its runs will be ${username}’s.`}>
      <Panel>
        {creation.data === undefined ? (
          <Stack align="flex-start">
            <p>
              The client in your terminal waits for an API key. Make one for that machine, copy it, and paste it there.
              You can delete it at any time, and nothing else is touched.
            </p>
            <Button
              leftSection={<Terminal size={16} />}
              loading={creation.isPending}
              onClick={() => creation.mutate('wandb login')}
            >
              Make a key for wandb login
            </Button>
          </Stack>
        ) : (
          <FreshLoginKey apiKey={creation.data.key} />
        )}
      </Panel>
    </Page>
  );
}
