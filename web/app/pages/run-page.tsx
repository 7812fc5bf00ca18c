import { Tabs } from '@mantine/core';
import { useInfiniteQuery, useSuspenseQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { Page } from '../../components/page.tsx';
import { automationsQuery } from '../../features/automations/api/list-automations.ts';
import { thresholdsOf } from '../../features/automations/components/thresholds.ts';
import { projectQuery } from '../../features/projects/api/get-project.ts';
import { runQuery } from '../../features/runs/api/get-run.ts';
import { RunCharts } from '../../features/runs/components/run-charts.tsx';
import { RunState } from '../../features/runs/components/run-state.tsx';
import { useLive } from '../../lib/live/use-live.ts';
import { isRunTab, RUN_TABS } from '../run-search.ts';
import { RunOverview } from './run-overview.tsx';

const route = getRouteApi('/inside/$entity/$project/runs/$run');

/** A run: the charts of its metrics, and what it is and has come to. */
export function RunPage() {
  const place = route.useParams();
  const { entity, project, run: id } = place;
  useLive({ entities: [entity], project, run: id });
  const { tab = 'charts' } = route.useSearch();
  const navigate = route.useNavigate();
  const { data: run } = useSuspenseQuery(runQuery(entity, project, id));
  const { data: automations = [] } = useInfiniteQuery(automationsQuery({}, `${entity}/${project}`));
  const { data: owner } = useSuspenseQuery(projectQuery(entity, project));
  const mayAutomate = owner.may.includes('edit_automation');
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
          <RunCharts
            place={place}
            live={run.state === 'running'}
            thresholds={thresholdsOf(automations)}
            runs={mayAutomate ? `^${literal(run.name)}$` : undefined}
          />
        </Tabs.Panel>
        <Tabs.Panel value="overview">
          <RunOverview entity={entity} project={project} run={run} />
        </Tabs.Panel>
      </Tabs>
    </Page>
  );
}

/** A text as a regular expression that it alone matches. */
function literal(text: string): string {
  return text.replaceAll(/[\\^$.*+?()[\]{}|]/g, '\\$&');
}
