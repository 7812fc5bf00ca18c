import { Checkbox, Group, NativeSelect, Stack } from '@mantine/core';
import styles from './builder.module.css';
import { labelOf } from './check-event.ts';
import {
  ARTIFACT_TYPES,
  type Draft,
  EVENT_TYPES,
  type EventDraft,
  type EventDraftOf,
  type EventType,
  RUN_TYPES,
} from './draft.ts';
import { changedEvent } from './empty-draft.ts';
import { errorAt, type Fault } from './fault.ts';
import { ArtifactFields, RunFilterFields } from './filter-fields.tsx';
import { FilterTest } from './filter-test.tsx';
import { MetricFields } from './metric-fields.tsx';
import { ScopeFields } from './scope-fields.tsx';

const STATES = { RUNNING: 'Running', FINISHED: 'Finished', FAILED: 'Failed' } as const;
const items = (types: readonly EventType[]) => types.map((value) => ({ value, label: labelOf(value) }));

interface EventStepProps {
  readonly draft: Draft;
  readonly entities: readonly string[];
  readonly saved: boolean;
  readonly fault: Fault | undefined;
  readonly edit: (part: Partial<Draft>) => void;
}

/** What an automation waits for, and where. */
export function EventStep({ draft, entities, saved, fault, edit }: EventStepProps) {
  const { entity, scope, event } = draft;
  const onChange = (next: EventDraft) => edit({ event: next });
  return (
    <Stack>
      <ScopeFields {...{ entities, entity, scope, saved, fault }} onChange={edit} />
      <NativeSelect
        label="Event"
        value={event.type}
        data={[
          { group: 'Runs', items: items(RUN_TYPES) },
          { group: 'Artifacts', items: items(ARTIFACT_TYPES) },
        ]}
        onChange={({ currentTarget }) => {
          const type = EVENT_TYPES.find((each) => each === currentTarget.value);
          if (type !== undefined) onChange(changedEvent(event, type));
        }}
      />
      <Condition event={event} fault={fault} onChange={onChange} />
      <fieldset className={styles.group}>
        <legend className={styles.legend}>
          {'runs' in event ? 'Only for these runs' : 'Only for these artifacts'}
        </legend>
        <Stack gap="sm">
          {'runs' in event ? (
            <RunFilterFields event={event} fault={fault} onChange={onChange} />
          ) : (
            <ArtifactFields event={event} fault={fault} onChange={onChange} />
          )}
          <FilterTest draft={draft} />
        </Stack>
      </fieldset>
    </Stack>
  );
}

interface ConditionProps {
  readonly event: EventDraft;
  readonly fault: Fault | undefined;
  readonly onChange: (event: EventDraft) => void;
}

function Condition({ event, fault, onChange }: ConditionProps) {
  switch (event.type) {
    case 'RUN_METRIC':
    case 'RUN_METRIC_CHANGE':
    case 'RUN_METRIC_ZSCORE':
      return <MetricFields event={event} fault={fault} onChange={onChange} />;
    case 'RUN_STATE':
      return <States event={event} fault={fault} onChange={onChange} />;
    default:
      return null;
  }
}

function States({ event, fault, onChange }: ConditionProps & { readonly event: EventDraftOf<'RUN_STATE'> }) {
  const all = Object.keys(STATES) as (keyof typeof STATES)[];
  return (
    <Checkbox.Group
      label="The run becomes"
      value={event.states}
      error={errorAt(fault, 'states')}
      onChange={(chosen) => onChange({ ...event, states: all.filter((state) => chosen.includes(state)) })}
    >
      <Group mt="xs">
        {all.map((state) => (
          <Checkbox key={state} value={state} label={STATES[state]} />
        ))}
      </Group>
    </Checkbox.Group>
  );
}
