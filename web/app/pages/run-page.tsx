import { useSuspenseQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { Facts } from '../../components/facts.tsx';
import { Page, Section } from '../../components/page.tsx';
import { Time } from '../../components/time.tsx';
import { ValueTable } from '../../components/value-table.tsx';
import { WatchingAutomations } from '../../features/automations/components/watching-automations.tsx';
import { SubjectExecutions } from '../../features/executions/components/subject-executions.tsx';
import { runQuery } from '../../features/runs/api/get-run.ts';
import { RunState } from '../../features/runs/components/run-state.tsx';
import { useLive } from '../../lib/live/use-live.ts';
import styles from './run-page.module.css';

const route = getRouteApi('/inside/$entity/$project/runs/$run');

/** A run: what it is, and what it has come to. */
export function RunPage() {
  const { entity, project, run: id } = route.useParams();
  useLive({ entities: [entity], project, run: id });
  const { data: run } = useSuspenseQuery(runQuery(entity, project, id));
  return (
    <Page title={run.name} within={[project, entity]} lead={<RunState state={run.state} />}>
      <Facts
        facts={[
          ['Id', <code key="id">{run.id}</code>],
          ['Author', run.author],
          ['Created', <Time key="created" at={run.createdAt} />],
          ['Last sign of life', run.heartbeatAt && <Time key="heartbeat" at={run.heartbeatAt} />],
          ['Group', run.group],
          ['Job type', run.jobType],
          ['Tags', run.tags.join(', ')],
          ['Host', run.host],
          ['Rows of history', run.lines.toLocaleString('en')],
        ]}
      />
      <div className={styles.columns}>
        <Section title="Latest values">
          <ValueTable label="Summary" values={run.summary} nothing="The run has not logged any." />
        </Section>
        <Section title="Config">
          <ValueTable label="Config" values={run.config} nothing="The run has not logged any." />
        </Section>
      </div>
      <Section title="Triggered automations">
        <SubjectExecutions subject={{ kind: 'run', entity, project, run: id }} />
      </Section>
      <Section title="Watched by" lead="Automations that would answer this run, and why they did not.">
        <WatchingAutomations entity={entity} project={project} run={id} />
      </Section>
    </Page>
  );
}
