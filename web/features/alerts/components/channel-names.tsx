import { Text } from '@mantine/core';
import type { Channel } from '../api/alerts.ts';

/** The channels of a topic, for who may not change them. */
export function ChannelNames({
  ids,
  channels,
}: {
  readonly ids: readonly string[];
  readonly channels: readonly Channel[];
}) {
  if (ids.length === 0) return <Text c="dimmed">Nobody is told</Text>;
  return <Text>{ids.map((id) => channelName(id, channels)).join(', ')}</Text>;
}

/** What a channel is called; with its owner where that is another than the entity at hand. */
export function channelName(id: string, channels: readonly Channel[], entity?: string): string {
  const channel = channels.find((each) => each.id === id);
  if (channel === undefined) return `a channel that you may not see (${id})`;
  return entity === undefined || channel.entity === entity ? channel.name : `${channel.name} · ${channel.entity}`;
}
