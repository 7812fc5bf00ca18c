import { Button, Modal, NativeSelect } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useQueries } from '@tanstack/react-query';
import { Plus } from 'lucide-react';
import { useState } from 'react';
import { useViewer } from '../../features/account/api/use-viewer.ts';
import type { NewDestinationProps } from '../../features/automations/components/builder/new-destination.ts';
import { entityQuery } from '../../features/entities/api/get-entity.ts';
import { AddChannel } from '../../features/integrations/components/slack/add-channel.tsx';
import { EMPTY_WEBHOOK } from '../../features/integrations/components/webhooks/webhook-draft.ts';
import { WebhookForm } from '../../features/integrations/components/webhooks/webhook-form.tsx';

const TITLES = { webhook: 'New webhook', slack: 'Add a Slack channel' } as const;

/** Makes a webhook or Slack channel without leaving the automation that is to use it. */
export function NewDestination({ kind, entity, onCreated }: NewDestinationProps) {
  const owners = useOwners(entity);
  const [opened, { open, close }] = useDisclosure(false);
  const [chosen, setChosen] = useState<string>();
  const [first] = owners;
  if (first === undefined) return null;
  const owner = chosen ?? first;
  const created = ({ id }: { readonly id: string }) => {
    close();
    onCreated(id);
  };
  return (
    <>
      <Button variant="subtle" size="compact-sm" ml={-8} leftSection={<Plus size={14} />} onClick={open}>
        {TITLES[kind]}
      </Button>
      <Modal opened={opened} onClose={close} title={TITLES[kind]} size={kind === 'webhook' ? '58rem' : 'lg'}>
        {owners.length > 1 && (
          <NativeSelect
            label="Belongs to"
            mb="md"
            data={owners}
            value={owner}
            onChange={({ currentTarget }) => setChosen(currentTarget.value)}
          />
        )}
        {kind === 'webhook' ? (
          <WebhookForm key={owner} entity={owner} first={EMPTY_WEBHOOK} onSaved={created} />
        ) : (
          <AddChannel key={owner} entity={owner} onAdded={created} />
        )}
      </Modal>
    </>
  );
}

/** The entities in which the viewer may make one, that of the automation first. */
function useOwners(entity: string): string[] {
  const { entities } = useViewer();
  const names = [...new Set([entity, ...entities.map(({ name }) => name)])];
  const found = useQueries({ queries: names.map(entityQuery) });
  return names.filter((_, place) => found[place]?.data?.may.includes('manage_integrations') ?? false);
}
