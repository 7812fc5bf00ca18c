import { getRouteApi } from '@tanstack/react-router';
import { Section } from '../../components/page.tsx';
import { AlertSettings } from '../../features/alerts/components/alert-settings.tsx';
import { NoticeTable } from '../../features/alerts/components/notice-table.tsx';
import { useMay } from '../../features/entities/api/use-may.ts';
import { EntitySettings } from './entity-settings.tsx';

const route = getRouteApi('/inside/$entity/settings/alerts');

/** Where alerts of an entity's runs go, and what its admins were told. */
export function EntityAlertsPage() {
  const { entity } = route.useParams();
  const manages = useMay(entity, 'manage_integrations');
  return (
    <EntitySettings entity={entity} part="Alerts" lead={`Which Slack channels are told of the runs of ${entity}.`}>
      <AlertSettings entity={entity} channelOwners={[entity]} manages={manages} />
      {manages && (
        <Section title="Notices" lead="What the admins were told of webhooks, channels and automations.">
          <NoticeTable entity={entity} />
        </Section>
      )}
    </EntitySettings>
  );
}
