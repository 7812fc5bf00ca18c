import { TextInput } from '@mantine/core';
import styles from './builder.module.css';
import type { ArtifactEventDraft, RunEventDraft } from './draft.ts';
import { errorAt, type Fault } from './fault.ts';
import { PATTERN_FIELDS } from './filters.ts';
import { FurtherFields } from './further-fields.tsx';
import { lintPattern } from './lint-filter.ts';

interface RunFilterFieldsProps {
  readonly event: RunEventDraft;
  readonly fault: Fault | undefined;
  readonly onChange: (event: RunEventDraft) => void;
}

/** Which runs an event is about: of one user, of some names, or by anything that is known of a run. */
export function RunFilterFields({ event, fault, onChange }: RunFilterFieldsProps) {
  const { runs } = event;
  const edit = (part: Partial<typeof runs>) => onChange({ ...event, runs: { ...runs, ...part } });
  return (
    <>
      <div className={styles.row}>
        <TextInput
          label="Runs of one user"
          placeholder="anybody"
          value={runs.user}
          onChange={({ currentTarget }) => edit({ user: currentTarget.value })}
        />
        <TextInput
          label="Run name (regular expression)"
          placeholder="any name; for instance ^train-"
          value={runs.name}
          error={lintPattern(event.type, 'display_name', runs.name)}
          onChange={({ currentTarget }) => edit({ name: currentTarget.value })}
        />
      </div>
      <FurtherFields
        type={event.type}
        further={runs}
        placeholder='{ "$or": [{ "config.lr": { "$gte": 0.1 } }, { "tags": "baseline" }] }'
        error={errorAt(fault, 'runFilter')}
        onChange={edit}
      />
    </>
  );
}

interface ArtifactFieldsProps {
  readonly event: ArtifactEventDraft;
  readonly fault: Fault | undefined;
  readonly onChange: (event: ArtifactEventDraft) => void;
}

/** Which artifacts an event is about: by alias or tag, or by anything that is known of them. */
export function ArtifactFields({ event, fault, onChange }: ArtifactFieldsProps) {
  const { type, artifacts } = event;
  const field = PATTERN_FIELDS[type];
  const edit = (part: Partial<typeof artifacts>) => onChange({ ...event, artifacts: { ...artifacts, ...part } });
  return (
    <>
      {field !== undefined && (
        <TextInput
          label={`${field === 'alias' ? 'Alias' : 'Tag'} (regular expression)`}
          placeholder={`any ${field}; for instance ^production$`}
          value={artifacts.pattern}
          error={lintPattern(type, field, artifacts.pattern)}
          onChange={({ currentTarget }) => edit({ pattern: currentTarget.value })}
        />
      )}
      <FurtherFields
        type={type}
        further={artifacts}
        placeholder='{ "$or": [{ "artifact_type": "model" }, { "size": { "$gt": 1e9 } }] }'
        error={errorAt(fault, 'filter')}
        onChange={edit}
      />
    </>
  );
}
