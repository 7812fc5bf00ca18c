import { Alert } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useEffect } from 'react';
import type { OpenDialog } from '../../features/integrations/components/shared/dialog.ts';
import { tellConnected } from '../../features/integrations/components/slack/connected.ts';
import { SlackDialogs } from '../../features/integrations/components/slack/slack-dialogs.tsx';
import { SlackTable } from '../../features/integrations/components/slack/slack-table.tsx';
import { integrationsQuery } from '../../lib/api/integrations-query.ts';
import { useLive } from '../../lib/live/use-live.ts';
import { dialogOf, searchOf } from './dialog-search.ts';
import { ManagedSettings } from './managed-settings.tsx';

const route = getRouteApi('/inside/$entity/settings/slack');

/** The Slack channels of an entity; Slack sends the browser here when one was connected. */
export function EntitySlackPage() {
  const { entity } = route.useParams();
  const search = route.useSearch();
  useLive({ entities: [entity] });
  const navigate = route.useNavigate();
  const onDialog: OpenDialog = (dialog) => void navigate({ search: searchOf(dialog), replace: true });
  return (
    <ManagedSettings
      entity={entity}
      part="Slack channels"
      lead="Channels to which automations and alerts write."
      add="Add channel"
      onAdd={() => onDialog({ open: 'new' })}
    >
      {(manages) => (
        <>
          <Connected entity={entity} id={search.connected} />
          {search.refused !== undefined && (
            <Refused word={search.refused} onClose={() => void navigate({ search: {}, replace: true })} />
          )}
          <SlackTable entity={entity} manages={manages} onDialog={onDialog} />
          {manages && <SlackDialogs entity={entity} dialog={dialogOf(search)} onDialog={onDialog} />}
        </>
      )}
    </ManagedSettings>
  );
}

/** Words of Slack's that people meet; others are shown as they are. */
const REFUSALS: Readonly<Record<string, string>> = {
  access_denied: 'The connection was declined in Slack.',
  not_confirmed: 'Slack did not confirm the channel.',
  no_reason: 'Slack gave no reason.',
};

function Refused({ word, onClose }: { readonly word: string; readonly onClose: () => void }) {
  return (
    <Alert color="yellow" variant="light" mb="md" withCloseButton closeButtonLabel="Close" onClose={onClose}>
      <b>No channel was connected.</b> {REFUSALS[word] ?? `Slack answered “${word}”.`} Nothing has changed;{' '}
      <b>Add channel</b> begins again.
    </Alert>
  );
}

function Connected({ entity, id }: { readonly entity: string; readonly id: string | undefined }) {
  const { data } = useQuery(integrationsQuery(entity));
  useEffect(() => {
    if (id !== undefined) tellConnected(id);
  }, [id]);
  const channel = data?.find((each) => each.id === id);
  if (channel === undefined) return null;
  return (
    <Alert color="teal" variant="light" mb="md" title={`${channel.name} is connected`}>
      You can go on in the tab that you came from, and close this one.
    </Alert>
  );
}
