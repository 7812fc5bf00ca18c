import { Button, Group, Loader, Text } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { ExternalLink } from 'lucide-react';
import { useEffect, useState } from 'react';
import { messageOf } from '../../../../lib/api/api-error.ts';
import { slackConnectionQuery } from '../../api/slack-channels.ts';
import styles from './add-channel.module.css';
import type { AddChannelProps } from './add-channel-props.ts';
import { onConnected } from './connected.ts';

/** Leads to Slack in a tab of its own, where the channel is chosen, and waits here until it is connected. */
export function ConnectSlack({ entity, onAdded }: AddChannelProps) {
  const [waiting, setWaiting] = useState(false);
  const client = useQueryClient();
  const { data, error, refetch } = useQuery(slackConnectionQuery(entity));
  useEffect(() => {
    if (!waiting) return undefined;
    return onConnected((id) => {
      void client.invalidateQueries({ queryKey: ['integrations', entity] }).then(() => onAdded({ id }));
    });
  }, [waiting, client, entity, onAdded]);
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
        {...(data === undefined ? { role: 'link', 'aria-disabled': true } : { href: data.authorizeUrl })}
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
