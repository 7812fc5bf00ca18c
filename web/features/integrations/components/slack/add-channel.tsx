import { Alert, Loader, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { CommandLine } from '../../../../components/command-line.tsx';
import { messageOf } from '../../../../lib/api/api-error.ts';
import { slackSetupQuery } from '../../api/slack-channels.ts';
import styles from './add-channel.module.css';
import type { AddChannelProps } from './add-channel-props.ts';
import { ConnectSlack } from './connect-slack.tsx';
import { PasteForm } from './paste-form.tsx';

/** The two ways to a Slack channel: through Slack, where the server has an app there, or by an incoming webhook. */
export function AddChannel({ entity, onAdded }: AddChannelProps) {
  const { data, error } = useQuery(slackSetupQuery(entity));
  if (error !== null) return <Alert color="red">{messageOf(error)}</Alert>;
  if (data === undefined) return <Loader size="sm" aria-label="Loading" />;
  return (
    <Stack gap="lg">
      <section>
        <h3 className={styles.title}>Through Slack</h3>
        {data.available ? <ConnectSlack entity={entity} onAdded={onAdded} /> : <NoApp redirectUrl={data.redirectUrl} />}
      </section>
      <section>
        <h3 className={styles.title}>By an incoming webhook</h3>
        <PasteForm entity={entity} onAdded={onAdded} />
      </section>
    </Stack>
  );
}

/** How whoever runs the server enables it. */
function NoApp({ redirectUrl }: { readonly redirectUrl: string }) {
  return (
    <Stack gap="xs">
      <Text size="sm">
        This server has no Slack app yet. Whoever runs it makes one at api.slack.com with the scope{' '}
        <code>incoming-webhook</code> and this redirect URL:
      </Text>
      <CommandLine text={redirectUrl} label="Copy the redirect URL" />
      <Text size="sm">
        and starts Tripline with <code>TRIPLINE_SLACK_CLIENT_ID</code> and <code>TRIPLINE_SLACK_CLIENT_SECRET</code>.
        Until then a channel is added by an incoming webhook.
      </Text>
    </Stack>
  );
}
