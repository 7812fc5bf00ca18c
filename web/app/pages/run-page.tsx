import { Tabs } from '@mantine/core';
import { useSuspenseQuery } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { Page } from '../../components/page.tsx';
import { projectQuery } from '../../features/projects/api/get-project.ts';
import { runQuery } from '../../features/runs/api/get-run.ts';
import { RunActions } from '../../features/runs/components/run-actions.tsx';
import { RunArtifacts } from '../../features/runs/components/run-artifacts.tsx';
import { RunState } from '../../features/runs/components/run-state.tsx';
import { throwMissing } from '../../lib/api/api-error.ts';
import { useLive } from '../../lib/live/use-live.ts';
import { isRunTab, RUN_TABS } from '../run-search.ts';
import { RunCharts } from './run-charts.tsx';
import { RunOverview } from './run-overview.tsx';
import styles from './run-page.module.css';
import { RunFilesPart, RunLogPart } from './run-parts.tsx';

const route = getRouteApi('/inside/$entity/$project/runs/$run');

/** A run: the charts of its metrics, what it is and has come to, what it printed, saved and logged. */
export function RunPage() {
  const place = route.useParams();
  const { entity, project, run: id } = place;
  useLive({ entities: [entity], project, run: id });
  const { tab = 'charts' } = route.useSearch();
  const navigate = route.useNavigate();
  const leave = useNavigate();
  const { data: run, error } = useSuspenseQuery(runQuery(entity, project, id));
  throwMissing(error);
  const { data: owner } = useSuspenseQuery(projectQuery(entity, project));
  const mayWrite = owner.may.includes('log');
  const live = run.state === 'running';
  return (
    <Page
      title={run.name}
      within={[project, entity]}
      lead={<RunState state={run.state} />}
      actions={
        mayWrite && (
          <RunActions
            place={place}
            run={run}
            onDeleted={() => void leave({ to: '/$entity/$project', params: { entity, project } })}
          />
        )
      }
    >
      <Tabs
        value={tab}
        onChange={(next) =>
          isRunTab(next) && void navigate({ search: next === 'charts' ? {} : { tab: next }, replace: true })
        }
        keepMounted={false}
      >
        <Tabs.List mb="lg" className={styles.tabs ?? ''}>
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
          <RunOverview place={place} run={run} mayEdit={mayWrite} />
        </Tabs.Panel>
        <Tabs.Panel value="logs">
          <RunLogPart live={live} />
        </Tabs.Panel>
        <Tabs.Panel value="files">
          <RunFilesPart live={live} mayDelete={mayWrite} />
        </Tabs.Panel>
        <Tabs.Panel value="artifacts">
          <RunArtifacts place={place} live={live} />
        </Tabs.Panel>
      </Tabs>
    </Page>
  );
}
