import { Facts } from '../../../components/facts.tsx';
import { EditableTags } from '../../../components/in-place/editable-tags.tsx';
import { EditableText } from '../../../components/in-place/editable-text.tsx';
import { Time } from '../../../components/time.tsx';
import type { RunDetails } from '../../../lib/api/generated.ts';
import { durationText } from '../../../lib/duration.ts';
import type { RunPlace } from '../../../lib/metric-history.ts';
import { type RunEdit, useEditRun } from '../api/change-run.ts';

interface RunFactsProps {
  readonly place: RunPlace;
  readonly run: RunDetails;
  readonly mayEdit: boolean;
}

/** What a run is called, whose it is, and when it was at work; who may changes what people decide. */
export function RunFacts({ place, run, mayEdit }: RunFactsProps) {
  const editing = useEditRun(place);
  const saving = (edit: (text: string | null) => RunEdit) =>
    mayEdit ? (text: string | null) => editing.mutateAsync(edit(text)) : undefined;
  return (
    <Facts
      facts={[
        [
          'Name',
          <EditableText
            key="name"
            label="name"
            value={run.name}
            isRequired
            save={saving((name) => (name === null ? {} : { name }))}
          />,
        ],
        ['Id', <code key="id">{run.id}</code>],
        ['Author', run.author],
        ['Group', <EditableText key="group" label="group" value={run.group} save={saving((group) => ({ group }))} />],
        [
          'Job type',
          <EditableText key="type" label="job type" value={run.jobType} save={saving((jobType) => ({ jobType }))} />,
        ],
        [
          'Tags',
          <EditableTags
            key="tags"
            tags={run.tags}
            save={mayEdit ? (tags) => editing.mutateAsync({ tags }) : undefined}
          />,
        ],
        ['Created', <Time key="created" at={run.createdAt} />],
        ['Runtime', run.runtime === null ? null : durationText(run.runtime)],
        ['Last sign of life', run.heartbeatAt && <Time key="heartbeat" at={run.heartbeatAt} />],
        ['Exit code', run.exitCode === null ? null : <code key="exit">{run.exitCode}</code>],
        ['Rows of history', run.lines.toLocaleString('en')],
      ]}
    />
  );
}
