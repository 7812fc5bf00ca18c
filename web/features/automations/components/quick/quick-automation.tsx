import { Alert, Button, CloseButton, NativeSelect, SegmentedControl, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { type FormEvent, useEffect, useState } from 'react';
import { integrationsQuery } from '../../../../lib/api/integrations-query.ts';
import { tellDone } from '../../../../lib/notices.ts';
import { useSaveAutomation } from '../../api/save-automation.ts';
import { bodyOf } from '../builder/body-of.ts';
import { shortWords } from '../builder/check-event.ts';
import { Choice } from '../builder/choice.tsx';
import { type Beginning, emptyDraft } from '../builder/empty-draft.ts';
import { errorAt, type Fault, faultOf } from '../builder/fault.ts';
import { NumberField } from '../builder/number-field.tsx';
import styles from './quick-automation.module.css';

interface QuickAutomationProps {
  readonly entity: string;
  readonly project: string;
  /** A regular expression for the names of runs; absent: all. */
  readonly runs: string | undefined;
  readonly metric: string;
  /** The threshold, which can be moved on the plot too. */
  readonly draft: { readonly value: number; readonly above: boolean };
  readonly onChange: (draft: { readonly value: number; readonly above: boolean }) => void;
  readonly onClose: () => void;
}

const AGGREGATIONS = { NONE: 'Latest value', AVERAGE: 'Average', MIN: 'Minimum', MAX: 'Maximum' } as const;
const NOTHING = { type: 'NO_OP', integration: '' } as const;

/** The short form of an automation that watches one metric; what it does not ask for, the builder does. */
export default function QuickAutomation(props: QuickAutomationProps) {
  const { entity, project, runs, metric, draft, onChange, onClose } = props;
  const [aggregation, setAggregation] = useState<keyof typeof AGGREGATIONS>('NONE');
  const [window, setWindow] = useState('5');
  const [action, setAction] = useState<Pick<Beginning, 'integration'> & { readonly type: ActionType }>(NOTHING);
  const [text, setText] = useTyped(draft.value, (value) => onChange({ ...draft, value }));
  const [fault, setFault] = useState<Fault>();
  const saving = useSaveAutomation(entity);
  const beginning = {
    ...{ entity, project, metric, type: 'RUN_METRIC', aggregation, window: aggregation === 'NONE' ? '1' : window },
    ...{ comparison: draft.above ? '$gt' : '$lt', value: text, action: action.type, integration: action.integration },
    ...(runs === undefined ? {} : { runs }),
  } as const satisfies Beginning;
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    setFault(undefined);
    try {
      const made = emptyDraft(beginning);
      const saved = await saving.mutateAsync({
        body: bodyOf({ ...made, name: nameOf(shortWords(made.event), metric) }),
      });
      tellDone(`“${saved.name}” watches ${metric} from now on.`);
      onClose();
    } catch (error) {
      setFault(faultOf(error));
    }
  };
  return (
    <form
      className={styles.form}
      aria-label={`New automation for ${metric}`}
      onSubmit={(event) => void submit(event)}
      noValidate
    >
      <div className={styles.head}>
        <p>When {metric} is</p>
        <CloseButton size="sm" aria-label="Close the form" onClick={onClose} />
      </div>
      <div className={styles.row}>
        <SegmentedControl
          size="xs"
          aria-label="Side"
          data={[
            { value: 'above', label: 'above' },
            { value: 'below', label: 'below' },
          ]}
          value={draft.above ? 'above' : 'below'}
          onChange={(side) => onChange({ ...draft, above: side === 'above' })}
        />
        <TextInput
          size="xs"
          aria-label="Value"
          inputMode="decimal"
          value={text}
          error={errorAt(fault, 'threshold')}
          onChange={({ currentTarget }) => setText(currentTarget.value)}
        />
      </div>
      <div className={styles.row}>
        <Choice label="Measured as" words={AGGREGATIONS} value={aggregation} onChange={setAggregation} />
        {aggregation !== 'NONE' && (
          <NumberField
            label="Window"
            unit="values"
            value={window}
            error={errorAt(fault, 'window')}
            onChange={setWindow}
          />
        )}
      </div>
      <p className={styles.runs}>
        {runs === undefined ? (
          'Of every run of the project.'
        ) : (
          <>
            Of runs whose name matches <code>{runs}</code>
          </>
        )}
      </p>
      <ActionField entity={entity} value={action} onChange={setAction} />
      {fault !== undefined && !['threshold', 'window'].includes(fault.field) && (
        <Alert color="red" variant="light" p="xs">
          {fault.message}
        </Alert>
      )}
      <div className={styles.deeds}>
        <Button
          size="xs"
          variant="subtle"
          color="gray"
          renderRoot={(root) => <Link {...root} to="/automations/new" search={beginning} />}
        >
          More options
        </Button>
        <Button size="xs" type="submit" loading={saving.isPending}>
          Create automation
        </Button>
      </div>
    </form>
  );
}

type ActionType = NonNullable<Beginning['action']>;
type Action = Pick<Beginning, 'integration'> & { readonly type: ActionType };

interface ActionFieldProps {
  readonly entity: string;
  readonly value: Action;
  readonly onChange: (action: Action) => void;
}

/** What is done: by one of the team's own webhooks or channels, or nothing but an entry in the history. */
function ActionField({ entity, value, onChange }: ActionFieldProps) {
  const { data: integrations = [] } = useQuery(integrationsQuery(entity));
  const of = (wanted: 'webhook' | 'slack') =>
    integrations.filter(({ kind }) => kind === wanted).map(({ id, name }) => ({ value: id, label: name }));
  const groups = [
    { group: 'Webhooks', items: of('webhook') },
    { group: 'Slack channels', items: of('slack') },
  ];
  return (
    <NativeSelect
      label="Then"
      value={value.integration ?? ''}
      data={[{ value: '', label: 'Only note it in the history' }, ...groups.filter(({ items }) => items.length > 0)]}
      onChange={({ currentTarget: { value: id } }) => {
        const chosen = integrations.find((each) => each.id === id);
        if (chosen === undefined) onChange(NOTHING);
        else onChange({ type: chosen.kind === 'slack' ? 'NOTIFICATION' : 'GENERIC_WEBHOOK', integration: id });
      }}
    />
  );
}

/** A number that is typed here and moved elsewhere: what is typed stays as it is while it means the same. */
function useTyped(value: number, onValue: (value: number) => void): [string, (text: string) => void] {
  const [text, setText] = useState(String(value));
  useEffect(
    () => setText((before) => (before.trim() !== '' && Number(before) === value ? before : String(value))),
    [value],
  );
  return [
    text,
    (next) => {
      setText(next);
      if (next.trim() !== '' && Number.isFinite(Number(next))) onValue(Number(next));
    },
  ];
}

const LONGEST_NAME = 255;

function nameOf(words: string | undefined, metric: string): string {
  return (words ?? metric).slice(0, LONGEST_NAME);
}
