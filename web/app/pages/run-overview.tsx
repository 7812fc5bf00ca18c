import { Button } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { Plus } from 'lucide-react';
import { ValuesPanel } from '../../components/json-tree/values-panel.tsx';
import { Section } from '../../components/page.tsx';
import { WatchingAutomations } from '../../features/automations/components/watching-automations.tsx';
import { SubjectExecutions } from '../../features/executions/components/subject-executions.tsx';
import { ConfigDialog } from '../../features/runs/components/config-dialog.tsx';
import { ConfigPanel } from '../../features/runs/components/config-panel.tsx';
import { MachineFacts } from '../../features/runs/components/machine-facts.tsx';
import { RunFacts } from '../../features/runs/components/run-facts.tsx';
import { RunNotes } from '../../features/runs/components/run-notes.tsx';
import type { RunDetails } from '../../lib/api/generated.ts';
import type { RunPlace } from '../../lib/metric-history.ts';
import styles from './columns.module.css';

interface RunOverviewProps {
  readonly place: RunPlace;
  readonly run: RunDetails;
  readonly mayEdit: boolean;
}

/** What a run is, what it has come to, where it runs, what it caused, and what watches it. */
export function RunOverview({ place, run, mayEdit }: RunOverviewProps) {
  return (
    <>
      <RunFacts place={place} run={run} mayEdit={mayEdit} />
      <RunNotes place={place} run={run} mayEdit={mayEdit} />
      <div className={styles.columns}>
        <Section title="Latest values">
          <ValuesPanel label="Summary" values={run.summary} nothing="The run has not logged any." />
        </Section>
        <Section title="Config" actions={mayEdit && <AddValue place={place} run={run} />}>
          <ConfigPanel place={place} run={run} mayEdit={mayEdit} />
        </Section>
      </div>
      <MachineFacts place={place} run={run} />
      <Section title="Triggered automations">
        <SubjectExecutions subject={{ kind: 'run', ...place }} />
      </Section>
      <Section title="Watched by" lead="Automations that would answer this run, and why they did not.">
        <WatchingAutomations entity={place.entity} project={place.project} run={run.id} />
      </Section>
    </>
  );
}

function AddValue({ place, run }: Pick<RunOverviewProps, 'place' | 'run'>) {
  const [opened, { open, close }] = useDisclosure(false);
  return (
    <>
      <Button variant="subtle" size="compact-sm" leftSection={<Plus size={14} aria-hidden />} onClick={open}>
        Add value
      </Button>
      {opened && (
        <ConfigDialog place={place} isRunning={run.state === 'running'} name="" value={undefined} onClose={close} />
      )}
    </>
  );
}
