import { Textarea, TextInput } from '@mantine/core';
import styles from './builder.module.css';
import type { ArtifactEventDraft, RunEventDraft } from './draft.ts';
import { errorAt, type Fault } from './fault.ts';
import { PATTERN_FIELDS } from './filters.ts';

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
          onChange={({ currentTarget }) => edit({ name: currentTarget.value })}
        />
      </div>
      <AdvancedFilter
        placeholder='{ "config.optimizer.lr": { "$gte": 0.1 } }'
        value={runs.advanced}
        error={errorAt(fault, 'runFilter')}
        onChange={(advanced) => edit({ advanced })}
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
          onChange={({ currentTarget }) => edit({ pattern: currentTarget.value })}
        />
      )}
      <AdvancedFilter
        placeholder='{ "artifact_type": "model" }'
        value={artifacts.advanced}
        error={errorAt(fault, 'filter')}
        onChange={(advanced) => edit({ advanced })}
      />
    </>
  );
}

interface AdvancedFilterProps {
  readonly placeholder: string;
  readonly value: string;
  readonly error: string | undefined;
  readonly onChange: (text: string) => void;
}

function AdvancedFilter({ onChange, ...field }: AdvancedFilterProps) {
  return (
    <Textarea
      {...field}
      className={styles.code}
      label="Advanced filter (JSON)"
      description="In the manner of MongoDB, as the wandb client writes it; holds besides what stands above."
      rows={3}
      spellCheck={false}
      onChange={({ currentTarget }) => onChange(currentTarget.value)}
    />
  );
}
