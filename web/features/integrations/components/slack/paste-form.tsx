import { Button, Group, PasswordInput, Stack, TextInput } from '@mantine/core';
import { useState } from 'react';
import { FormFault } from '../../../../components/form-fault.tsx';
import { fieldFaults } from '../../../../lib/api/field-faults.ts';
import { tellDone } from '../../../../lib/notices.ts';
import { useAddSlackChannel } from '../../api/slack-channels.ts';
import { submitting } from '../shared/submitting.ts';
import styles from './add-channel.module.css';
import type { AddChannelProps } from './add-channel-props.ts';

const FIELDS = ['url', 'channelName', 'teamName', 'name'] as const;

/** A channel from the URL of an incoming webhook that somebody made in Slack. */
export function PasteForm({ entity, onAdded }: AddChannelProps) {
  const [form, setForm] = useState({ url: '', channelName: '', teamName: '' });
  const adding = useAddSlackChannel(entity);
  const faults = fieldFaults(adding.error, FIELDS);
  const edit = (part: Partial<typeof form>) => setForm((before) => ({ ...before, ...part }));
  const add = () =>
    adding.mutate(form, {
      onSuccess: (channel) => {
        tellDone(`${channel.name} is added.`);
        onAdded(channel);
      },
    });
  return (
    <form onSubmit={submitting(add)} noValidate>
      <Stack>
        <PasswordInput
          label="URL"
          description="Of an incoming webhook in Slack. It is a credential: nobody can read it again."
          placeholder="https://hooks.slack.com/services/…"
          value={form.url}
          error={faults.at('url')}
          autoComplete="off"
          onChange={({ currentTarget }) => edit({ url: currentTarget.value })}
        />
        <div className={styles.row}>
          <TextInput
            label="Channel"
            placeholder="#training"
            value={form.channelName}
            error={faults.at('channelName') ?? faults.at('name')}
            onChange={({ currentTarget }) => edit({ channelName: currentTarget.value })}
          />
          <TextInput
            label="Workspace"
            placeholder="Acme"
            value={form.teamName}
            error={faults.at('teamName')}
            onChange={({ currentTarget }) => edit({ teamName: currentTarget.value })}
          />
        </div>
        <FormFault message={faults.whole} />
        <Group justify="flex-end">
          <Button type="submit" variant="default" loading={adding.isPending} disabled={form.url === ''}>
            Add channel
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
