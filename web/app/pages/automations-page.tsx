import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { Page } from '../../components/page.tsx';
import { useViewer } from '../../features/account/api/use-viewer.ts';
import { Hub } from '../../features/automations/components/hub.tsx';
import { entityQuery } from '../../features/entities/api/get-entity.ts';
import { projectsQuery } from '../../features/projects/api/list-projects.ts';
import { useLive } from '../../lib/live/use-live.ts';
import { AutomationTabs } from './automation-tabs.tsx';
import { NewButton } from './new-automation-button.tsx';

const route = getRouteApi('/inside/automations');

/** Every automation that one may see, over all scopes. */
export function AutomationsPage() {
  const { entities, username } = useViewer();
  useLive({ entities: entities.map(({ name }) => name) });
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const { entity = '' } = search;
  const enabled = entity !== '';
  const { data: projects = [] } = useInfiniteQuery({ ...projectsQuery(entity), enabled });
  const { data: owner } = useQuery({ ...entityQuery(entity), enabled });
  const create = <NewButton />;
  return (
    <Page
      title="Automations"
      lead="When a run, a metric or an artifact changes, the next step follows."
      actions={create}
    >
      <AutomationTabs />
      <Hub
        search={search}
        onSearch={(next) => void navigate({ search: next, replace: true })}
        choices={{
          entities: entities.map(({ name }) => name),
          projects: projects.map(({ name }) => name),
          creators: owner?.members.map((member) => member.username) ?? [username],
        }}
        create={create}
      />
    </Page>
  );
}
