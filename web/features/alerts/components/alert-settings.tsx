import { Button, Skeleton } from '@mantine/core';
import { useQueries, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Hash } from 'lucide-react';
import { Empty } from '../../../components/empty.tsx';
import { ErrorPanel } from '../../../components/error-panel.tsx';
import { Panel } from '../../../components/panel.tsx';
import { alertsQuery, channelsOf } from '../api/alerts.ts';
import styles from './alert-settings.module.css';
import { ChannelField } from './channel-field.tsx';
import { ChannelNames } from './channel-names.tsx';
import { TOPICS } from './topics.ts';

interface AlertSettingsProps {
  readonly entity: string;
  /** Whose channels can be chosen. */
  readonly channelOwners: readonly string[];
  /** Whether the viewer may change them. */
  readonly manages: boolean;
}

/** Which Slack channels are told what of an entity. */
export function AlertSettings({ entity, channelOwners, manages }: AlertSettingsProps) {
  const { data, error, refetch } = useQuery(alertsQuery(entity));
  const { channels, error: fault, refetch: again } = useQueries(channelsOf(channelOwners));
  if (error !== null || fault !== null)
    return (
      <ErrorPanel
        error={error ?? fault}
        retry={() => {
          void refetch();
          again();
        }}
      />
    );
  if (data === undefined || channels === undefined) return <Skeleton height={360} radius="lg" />;
  const used = TOPICS.some(({ topic }) => data[topic].length > 0);
  if (channels.length === 0 && !used) {
    return (
      <Empty icon={Hash} title="No Slack channel yet" action={manages && <AddChannel entity={entity} />}>
        {manages
          ? 'Alerts go to Slack channels. Connect one first, through Slack or by the address of an incoming webhook; then choose here what it is told.'
          : 'Alerts go to Slack channels. An admin can connect one.'}
      </Empty>
    );
  }
  return (
    <Panel>
      <div className={styles.topics}>
        {TOPICS.map((words) => (
          <div key={words.topic} className={styles.topic}>
            <div>
              <div className={styles.name}>{words.label}</div>
              <p className={styles.tells}>{words.tells}</p>
            </div>
            {manages ? (
              <ChannelField
                entity={entity}
                topic={words.topic}
                label={words.label}
                settings={data}
                channels={channels}
              />
            ) : (
              <ChannelNames ids={data[words.topic]} channels={channels} />
            )}
          </div>
        ))}
      </div>
    </Panel>
  );
}

function AddChannel({ entity }: { readonly entity: string }) {
  return (
    <Button
      renderRoot={(props) => (
        <Link {...props} to="/$entity/settings/slack" params={{ entity }} search={{ open: 'new' }} />
      )}
    >
      Add a Slack channel
    </Button>
  );
}
