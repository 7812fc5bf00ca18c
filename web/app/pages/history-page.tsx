import { Select } from '@mantine/core';
import { getRouteApi } from '@tanstack/react-router';
import { Page } from '../../components/page.tsx';
import { useViewer } from '../../features/account/api/use-viewer.ts';
import { History } from '../../features/executions/components/history.tsx';
import { useLive } from '../../lib/live/use-live.ts';
import { AutomationTabs } from './automation-tabs.tsx';
import { useFilterChoices } from './use-filter-choices.ts';

const route = getRouteApi('/inside/automations/history');

/** What the automations of one entity did, over all its projects. */
export function HistoryPage() {
  const { entities, defaultEntity } = useViewer();
  const { entity = defaultEntity, ...search } = route.useSearch();
  useLive({ entities: [entity] });
  const navigate = route.useNavigate();
  const choose = (
    <Select
      aria-label="Entity"
      allowDeselect={false}
      data={entities.map(({ name }) => name).toSorted()}
      value={entity}
      onChange={(name) => name !== null && void navigate({ search: { entity: name } })}
    />
  );
  return (
    <Page title="Automations" within={['History', entity]} lead="What they did, and why." actions={choose}>
      <AutomationTabs entity={entity} />
      <History
        key={entity}
        entity={entity}
        search={search}
        onSearch={(next) => void navigate({ search: { ...next, entity }, replace: true })}
        choices={useFilterChoices(entity)}
      />
    </Page>
  );
}
