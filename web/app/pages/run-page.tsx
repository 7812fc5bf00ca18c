import { Tabs } from '@mantine/core';
import { useInfiniteQuery, useSuspenseQuery } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { Page } from '../../components/page.tsx';
import { automationsQuery } from '../../features/automations/api/list-automations.ts';
import { thresholdsOf } from '../../features/automations/components/thresholds.ts';
import { projectQuery } from '../../features/projects/api/get-project.ts';
import { runQuery } from '../../features/runs/api/get-run.ts';
import { RunActions } from '../../features/runs/components/run-actions.tsx';
import { RunArtifacts } from '../../features/runs/components/run-artifacts.tsx';
import { RunCharts } from '../../features/runs/components/run-charts.tsx';
import { RunState } from '../../features/runs/components/run-state.tsx';
import { useLive } from '../../lib/live/use-live.ts';
import { isRunTab, RUN_TABS } from '../run-search.ts';
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
  const { data: run } = useSuspenseQuery(runQuery(entity, project, id));
  const { data: automations = [] } = useInfiniteQuery(automationsQuery({}, `${entity}/${project}`));
  const { data: owner } = useSuspenseQuery(projectQuery(entity, project));
  const mayAutomate = owner.may.includes('edit_automation');
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
          <RunCharts
            place={place}
            live={live}
            thresholds={thresholdsOf(automations)}
            runs={mayAutomate ? `^${literal(run.name)}$` : undefined}
          />
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

/** A text as a regular expression that it alone matches. */
function literal(text: string): string {
  return text.replaceAll(/[\\^$.*+?()[\]{}|]/g, '\\$&');
}
