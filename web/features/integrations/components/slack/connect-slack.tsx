import { Button, Group, Loader, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { ExternalLink } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { messageOf } from '../../../../lib/api/api-error.ts';
import { type Integration, integrationsQuery } from '../../../../lib/api/integrations-query.ts';
import { slackConnectionQuery } from '../../api/slack-channels.ts';
import styles from './add-channel.module.css';

const LOOKED_EVERY_MS = 2000;

interface ConnectSlackProps {
  readonly entity: string;
  readonly onConnected: (channel: Integration) => void;
}

/** Leads to Slack in a tab of its own, where the channel is chosen, and waits here until it is connected. */
export function ConnectSlack({ entity, onConnected }: ConnectSlackProps) {
  const [waiting, setWaiting] = useState(false);
  const { data, error, refetch } = useQuery(slackConnectionQuery(entity));
  useNewChannel(entity, waiting, onConnected);
  if (error !== null) return <Text size="sm">{messageOf(error)}</Text>;
  const leave = () => {
    setWaiting(true);
    // the address is good once
    setTimeout(() => void refetch());
  };
  return (
    <Group>
      <Button
        component="a"
        href={data?.authorizeUrl ?? '#'}
        target="_blank"
        rel="noreferrer"
        disabled={data === undefined}
        rightSection={<ExternalLink size={15} aria-hidden />}
        onClick={leave}
      >
        Connect Slack
      </Button>
      {waiting ? (
        <span className={styles.waiting} role="status">
          <Loader size="xs" aria-hidden />
          Choose the channel in the other tab.
        </span>
      ) : (
        <Text size="sm" c="dimmed">
          Slack asks for the channel in another tab.
        </Text>
      )}
    </Group>
  );
}

/** Tells of the first channel that was not there before. */
function useNewChannel(entity: string, waiting: boolean, onConnected: (channel: Integration) => void): void {
  const { data } = useQuery({
    ...integrationsQuery(entity),
    refetchInterval: waiting ? LOOKED_EVERY_MS : false,
    refetchIntervalInBackground: true,
  });
  const known = useRef<ReadonlySet<string>>(undefined);
  useEffect(() => {
    if (data === undefined) return;
    known.current ??= new Set(data.map(({ id }) => id));
    const fresh = data.find(({ id, kind }) => kind === 'slack' && known.current?.has(id) === false);
    if (fresh !== undefined && waiting) onConnected(fresh);
  }, [data, waiting, onConnected]);
}
