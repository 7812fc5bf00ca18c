import { useQuery } from '@tanstack/react-query';
import { Dialog } from '../../../../components/dialog.tsx';
import { integrationsQuery } from '../../../../lib/api/integrations-query.ts';
import { tellDone } from '../../../../lib/notices.ts';
import { DeleteDialog } from '../shared/delete-dialog.tsx';
import type { IntegrationDialog, OpenDialog } from '../shared/dialog.ts';
import { TestPanel } from '../testing/test-panel.tsx';
import { EMPTY_WEBHOOK, webhookDraftOf } from './webhook-draft.ts';
import { WebhookForm } from './webhook-form.tsx';

interface WebhookDialogsProps {
  readonly entity: string;
  readonly dialog: IntegrationDialog | undefined;
  readonly onDialog: OpenDialog;
}

/** What is open above the list of webhooks. */
export function WebhookDialogs({ entity, dialog, onDialog }: WebhookDialogsProps) {
  const { data } = useQuery(integrationsQuery(entity));
  const close = () => onDialog(undefined);
  if (dialog === undefined) return null;
  if (dialog.open === 'new') {
    return (
      <Dialog onClose={close} title="New webhook" size="58rem">
        <WebhookForm
          entity={entity}
          first={EMPTY_WEBHOOK}
          onSaved={({ id, name }) => {
            tellDone(`The webhook “${name}” is created. Send it a test request.`);
            onDialog({ open: 'test', id });
          }}
        />
      </Dialog>
    );
  }
  const webhook = data?.find(({ id, kind }) => id === dialog.id && kind === 'webhook');
  if (webhook === undefined) return null;
  switch (dialog.open) {
    case 'edit':
      return (
        <Dialog onClose={close} title={`Edit ${webhook.name}`} size="58rem">
          <WebhookForm
            entity={entity}
            first={webhookDraftOf(webhook)}
            id={webhook.id}
            onSaved={({ id, name, warnings }) => {
              tellDone(`The webhook “${name}” is saved.`);
              onDialog(warnings.length === 0 ? undefined : { open: 'test', id });
            }}
          />
        </Dialog>
      );
    case 'test':
      return (
        <Dialog onClose={close} title={`Test ${webhook.name}`} size="58rem">
          <TestPanel entity={entity} integration={webhook} />
        </Dialog>
      );
    case 'delete':
      return <DeleteDialog entity={entity} integration={webhook} onClose={close} />;
  }
}
