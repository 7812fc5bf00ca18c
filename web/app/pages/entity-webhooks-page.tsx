import { getRouteApi } from '@tanstack/react-router';
import type { OpenDialog } from '../../features/integrations/components/shared/dialog.ts';
import { WebhookDialogs } from '../../features/integrations/components/webhooks/webhook-dialogs.tsx';
import { WebhookTable } from '../../features/integrations/components/webhooks/webhook-table.tsx';
import { useLive } from '../../lib/live/use-live.ts';
import { dialogOf, searchOf } from './dialog-search.ts';
import { ManagedSettings } from './managed-settings.tsx';

const route = getRouteApi('/inside/$entity/settings/webhooks');

/** The webhooks of an entity. */
export function EntityWebhooksPage() {
  const { entity } = route.useParams();
  const search = route.useSearch();
  useLive({ entities: [entity] });
  const navigate = route.useNavigate();
  const onDialog: OpenDialog = (dialog) => void navigate({ search: searchOf(dialog), replace: true });
  return (
    <ManagedSettings
      entity={entity}
      part="Webhooks"
      lead="Addresses to which automations send what happened."
      add="New webhook"
      onAdd={() => onDialog({ open: 'new' })}
    >
      {(manages) => (
        <>
          <WebhookTable entity={entity} manages={manages} onDialog={onDialog} />
          {manages && <WebhookDialogs entity={entity} dialog={dialogOf(search)} onDialog={onDialog} />}
        </>
      )}
    </ManagedSettings>
  );
}
