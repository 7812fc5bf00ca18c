import { getRouteApi } from '@tanstack/react-router';
import { Page } from '../../components/page.tsx';
import { SearchBox } from '../../components/search-box.tsx';
import { useViewer } from '../../features/account/api/use-viewer.ts';
import { Hub } from '../../features/automations/components/hub.tsx';
import { useLive } from '../../lib/live/use-live.ts';
import { AutomationTabs } from './automation-tabs.tsx';
import { NewButton } from './new-automation-button.tsx';

const route = getRouteApi('/inside/automations');

/** Every automation that one may see, over all scopes. */
export function AutomationsPage() {
  const { entities } = useViewer();
  useLive({ entities: entities.map(({ name }) => name) });
  const { search = '' } = route.useSearch();
  const navigate = route.useNavigate();
  const seek = (text: string) => void navigate({ search: text === '' ? {} : { search: text }, replace: true });
  return (
    <Page
      title="Automations"
      lead="When a run, a metric or an artifact changes, the next step follows."
      actions={
        <>
          <SearchBox label="Search automations" value={search} onChange={seek} />
          <NewButton />
        </>
      }
    >
      <AutomationTabs />
      <Hub entities={entities.map(({ name }) => name)} search={search} />
    </Page>
  );
}
