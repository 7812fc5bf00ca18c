import { useQuery } from '@tanstack/react-query';
import { Dialog } from '../../../../components/dialog.tsx';
import { integrationsQuery } from '../../../../lib/api/integrations-query.ts';
import { DeleteDialog } from '../shared/delete-dialog.tsx';
import type { IntegrationDialog, OpenDialog } from '../shared/dialog.ts';
import { TestPanel } from '../testing/test-panel.tsx';
import { AddChannel } from './add-channel.tsx';
import { RenameForm } from './rename-form.tsx';

interface SlackDialogsProps {
  readonly entity: string;
  readonly dialog: IntegrationDialog | undefined;
  readonly onDialog: OpenDialog;
}

/** What is open above the list of Slack channels. */
export function SlackDialogs({ entity, dialog, onDialog }: SlackDialogsProps) {
  const { data } = useQuery(integrationsQuery(entity));
  const close = () => onDialog(undefined);
  if (dialog === undefined) return null;
  if (dialog.open === 'new') {
    return (
      <Dialog onClose={close} title="Add a Slack channel" size="lg">
        <AddChannel entity={entity} onAdded={({ id }) => onDialog({ open: 'test', id })} />
      </Dialog>
    );
  }
  const channel = data?.find(({ id, kind }) => id === dialog.id && kind === 'slack');
  if (channel === undefined) return null;
  switch (dialog.open) {
    case 'edit':
      return (
        <Dialog onClose={close} title={`Edit ${channel.name}`}>
          <RenameForm entity={entity} channel={channel} onSaved={close} />
        </Dialog>
      );
    case 'test':
      return (
        <Dialog onClose={close} title={`Test ${channel.name}`} size="58rem">
          <TestPanel entity={entity} integration={channel} />
        </Dialog>
      );
    case 'delete':
      return <DeleteDialog entity={entity} integration={channel} onClose={close} />;
  }
}
