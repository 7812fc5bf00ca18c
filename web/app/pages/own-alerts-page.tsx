import { Section } from '../../components/page.tsx';
import { useViewer } from '../../features/account/api/use-viewer.ts';
import { AlertSettings } from '../../features/alerts/components/alert-settings.tsx';
import { OwnSettings } from './own-settings.tsx';

/** Where alerts of one's own runs go. */
export function OwnAlertsPage() {
  const { username, entities } = useViewer();
  const usable = entities.filter(({ role }) => role !== 'viewer').map(({ name }) => name);
  return (
    <OwnSettings part="Alerts">
      <Section title="Alerts" lead="Which Slack channels are told of your own runs, in whatever team they are.">
        <AlertSettings entity={username} channelOwners={usable} manages />
      </Section>
    </OwnSettings>
  );
}
