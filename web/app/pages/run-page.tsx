import { Tabs } from '@mantine/core';
import { useSuspenseQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { Page } from '../../components/page.tsx';
import { runQuery } from '../../features/runs/api/get-run.ts';
import { RunState } from '../../features/runs/components/run-state.tsx';
import { useLive } from '../../lib/live/use-live.ts';
import { isRunTab, RUN_TABS } from '../run-search.ts';
import { RunCharts } from './run-charts.tsx';
import { RunOverview } from './run-overview.tsx';

const route = getRouteApi('/inside/$entity/$project/runs/$run');

/** A run: the charts of its metrics, and what it is and has come to. */
export function RunPage() {
  const { entity, project, run: id } = route.useParams();
  useLive({ entities: [entity], project, run: id });
  const { tab = 'charts' } = route.useSearch();
  const navigate = route.useNavigate();
  const { data: run } = useSuspenseQuery(runQuery(entity, project, id));
  return (
    <Page title={run.name} within={[project, entity]} lead={<RunState state={run.state} />}>
      <Tabs
        value={tab}
        onChange={(next) =>
          isRunTab(next) && void navigate({ search: next === 'charts' ? {} : { tab: next }, replace: true })
        }
        keepMounted={false}
      >
        <Tabs.List mb="lg">
          {Object.entries(RUN_TABS).map(([value, words]) => (
            <Tabs.Tab key={value} value={value}>
              {words}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        <Tabs.Panel value="charts">
          <RunCharts run={run} />
        </Tabs.Panel>
        <Tabs.Panel value="overview">
          <RunOverview entity={entity} project={project} run={run} />
        </Tabs.Panel>
      </Tabs>
    </Page>
  );
}
