import { getRouteApi } from '@tanstack/react-router';
import { WebhookTable } from '../../features/integrations/components/webhook-table.tsx';
import { EntitySettings } from './entity-settings.tsx';

const route = getRouteApi('/inside/$entity/settings/webhooks');

/** The webhooks of an entity. */
export function EntityWebhooksPage() {
  const { entity } = route.useParams();
  return (
    <EntitySettings entity={entity} part="Webhooks" lead="Addresses to which automations send what happened.">
      <WebhookTable entity={entity} />
    </EntitySettings>
  );
}
