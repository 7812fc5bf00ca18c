import { Button, Group, Stack, TextInput } from '@mantine/core';
import { useState } from 'react';
import { fieldFaults } from '../../../../lib/api/field-faults.ts';
import type { Integration } from '../../../../lib/api/integrations-query.ts';
import { useChangeIntegration } from '../../api/change-integration.ts';
import { submitting } from '../shared/submitting.ts';

interface RenameFormProps {
  readonly entity: string;
  readonly channel: Integration;
  readonly onSaved: () => void;
}

/** Gives a channel another name here; in Slack it keeps its own. */
export function RenameForm({ entity, channel, onSaved }: RenameFormProps) {
  const [name, setName] = useState(channel.name);
  const change = useChangeIntegration(entity, channel.id);
  const faults = fieldFaults(change.error, ['name']);
  return (
    <form onSubmit={submitting(() => change.mutate({ name }, { onSuccess: onSaved }))} noValidate>
      <Stack>
        <TextInput
          label="Name"
          description="By which automations choose it. In Slack the channel keeps its own name."
          value={name}
          error={faults.at('name') ?? faults.whole}
          onChange={({ currentTarget }) => setName(currentTarget.value)}
          data-autofocus
        />
        <Group justify="flex-end">
          <Button type="submit" loading={change.isPending}>
            Save changes
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
