import { Button } from '@mantine/core';
import { getRouteApi } from '@tanstack/react-router';
import { Plus } from 'lucide-react';
import { useMay } from '../../features/entities/api/use-may.ts';
import type { OpenDialog } from '../../features/integrations/components/shared/dialog.ts';
import { WebhookDialogs } from '../../features/integrations/components/webhooks/webhook-dialogs.tsx';
import { WebhookTable } from '../../features/integrations/components/webhooks/webhook-table.tsx';
import { useLive } from '../../lib/live/use-live.ts';
import { dialogOf, searchOf } from './dialog-search.ts';
import { EntitySettings } from './entity-settings.tsx';

const route = getRouteApi('/inside/$entity/settings/webhooks');

/** The webhooks of an entity. */
export function EntityWebhooksPage() {
  const { entity } = route.useParams();
  const search = route.useSearch();
  useLive({ entities: [entity] });
  const navigate = route.useNavigate();
  const manages = useMay(entity, 'manage_integrations');
  const onDialog: OpenDialog = (dialog) => void navigate({ search: searchOf(dialog), replace: true });
  return (
    <EntitySettings
      entity={entity}
      part="Webhooks"
      lead="Addresses to which automations send what happened."
      actions={
        manages && (
          <Button leftSection={<Plus size={16} />} onClick={() => onDialog({ open: 'new' })}>
            New webhook
          </Button>
        )
      }
    >
      <WebhookTable entity={entity} manages={manages} onDialog={onDialog} />
      {manages && <WebhookDialogs entity={entity} dialog={dialogOf(search)} onDialog={onDialog} />}
    </EntitySettings>
  );
}
