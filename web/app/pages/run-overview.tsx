import { Facts } from '../../components/facts.tsx';
import { Section } from '../../components/page.tsx';
import { Time } from '../../components/time.tsx';
import { ValueTable } from '../../components/value-table.tsx';
import { WatchingAutomations } from '../../features/automations/components/watching-automations.tsx';
import { SubjectExecutions } from '../../features/executions/components/subject-executions.tsx';
import type { RunDetails } from '../../lib/api/generated.ts';
import styles from './columns.module.css';

interface RunOverviewProps {
  readonly entity: string;
  readonly project: string;
  readonly run: RunDetails;
}

/** What a run is, what it has come to, what it caused, and what watches it. */
export function RunOverview({ entity, project, run }: RunOverviewProps) {
  return (
    <>
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
        <SubjectExecutions subject={{ kind: 'run', entity, project, run: run.id }} />
      </Section>
      <Section title="Watched by" lead="Automations that would answer this run, and why they did not.">
        <WatchingAutomations entity={entity} project={project} run={run.id} />
      </Section>
    </>
  );
}
