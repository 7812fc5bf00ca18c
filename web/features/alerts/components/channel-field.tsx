import { MultiSelect } from '@mantine/core';
import { tellDone } from '../../../lib/notices.ts';
import { type AlertSettings, type Channel, type Topic, useChangeAlerts } from '../api/alerts.ts';
import { channelName } from './channel-names.tsx';

interface ChannelFieldProps {
  readonly entity: string;
  readonly topic: Topic;
  readonly label: string;
  readonly settings: AlertSettings;
  readonly channels: readonly Channel[];
}

const MOST = 10;

/** The channels of a topic; a choice counts at once. */
export function ChannelField({ entity, topic, label, settings, channels }: ChannelFieldProps) {
  const change = useChangeAlerts(entity);
  const chosen = (change.isPending && change.variables[topic]) || settings[topic];
  // one that the viewer may not see is told all the same
  const ids = [...new Set([...channels.map(({ id }) => id), ...chosen])];
  return (
    <MultiSelect
      aria-label={`Channels told: ${label}`}
      placeholder={chosen.length === 0 ? 'Nobody is told' : ''}
      data={ids.map((id) => ({ value: id, label: channelName(id, channels, entity) }))}
      value={chosen}
      maxValues={MOST}
      disabled={change.isPending}
      onChange={(next) =>
        change.mutate({ [topic]: next }, { onSuccess: () => tellDone(`“${label}” goes where you say now.`) })
      }
    />
  );
}
