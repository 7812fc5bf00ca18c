import { ActionIcon } from '@mantine/core';
import { Pencil } from 'lucide-react';
import { useState } from 'react';
import type { Json } from '../../../../src/model/json.ts';
import { ValuesPanel } from '../../../components/json-tree/values-panel.tsx';
import type { RunDetails } from '../../../lib/api/generated.ts';
import type { RunPlace } from '../../../lib/metric-history.ts';
import { ConfigDialog } from './config-dialog.tsx';

interface ConfigPanelProps {
  readonly place: RunPlace;
  readonly run: RunDetails;
  readonly mayEdit: boolean;
}

/** What a run was configured with; who may changes a value where it stands. */
export function ConfigPanel({ place, run, mayEdit }: ConfigPanelProps) {
  const [edited, setEdited] = useState<string>();
  const edit = (name: string) => (
    <ActionIcon
      variant="subtle"
      color="gray"
      c="dimmed"
      size="sm"
      aria-label={`Edit ${name}`}
      onClick={() => setEdited(name)}
    >
      <Pencil size={13} aria-hidden />
    </ActionIcon>
  );
  return (
    <>
      <ValuesPanel
        label="Config"
        values={run.config}
        nothing="The run was given none."
        {...(mayEdit ? { actionsOf: edit } : {})}
      />
      {edited !== undefined && (
        <ConfigDialog
          place={place}
          isRunning={run.state === 'running'}
          name={edited}
          value={run.config[edited] as Json | undefined}
          onClose={() => setEdited(undefined)}
        />
      )}
    </>
  );
}
