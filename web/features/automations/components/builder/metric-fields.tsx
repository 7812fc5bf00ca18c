import { TextInput } from '@mantine/core';
import styles from './builder.module.css';
import { Choice } from './choice.tsx';
import type { EventDraft, EventDraftOf } from './draft.ts';
import { errorAt, type Fault } from './fault.ts';
import { NumberField } from './number-field.tsx';

type MetricEventDraft = Extract<EventDraft, { metric: string }>;
type MetricType = MetricEventDraft['type'];

/** A field of an event: a number as it is typed, or one of a few values. */
type Field =
  | { readonly name: string; readonly label: string; readonly unit?: string; readonly windowed?: boolean }
  | { readonly name: string; readonly label: string; readonly words: Readonly<Record<string, string>> };

/** The fields of an event, checked against its draft. */
const fields = <Type extends MetricType>(
  _type: Type,
  ...rows: readonly (readonly (Field & { readonly name: keyof EventDraftOf<Type> & string })[])[]
): readonly (readonly Field[])[] => rows;

const AGGREGATION = {
  name: 'aggregation',
  label: 'Aggregation',
  words: { NONE: 'Latest value', AVERAGE: 'Average', MIN: 'Minimum', MAX: 'Maximum' },
} as const;
const DIRECTION = {
  name: 'direction',
  label: 'Direction',
  words: { ANY: 'Either way', INCREASE: 'Increases', DECREASE: 'Decreases' },
} as const;
const COMPARISON = {
  name: 'comparison',
  label: 'Comparison',
  words: {
    $gt: 'Greater than (>)',
    $gte: 'At least (≥)',
    $lt: 'Less than (<)',
    $lte: 'At most (≤)',
    $eq: 'Equal to (=)',
    $ne: 'Not equal to (≠)',
  },
} as const;
const CHANGE = {
  name: 'changeType',
  label: 'Kind of change',
  words: { RELATIVE: 'Relative (0.25 is 25 %)', ABSOLUTE: 'Absolute' },
} as const;
/** Of values; without an aggregation there is none. */
const WINDOWED = { unit: 'values', windowed: true } as const;

/** What stands in a row together, by event. */
const ROWS: Readonly<Record<MetricType, readonly (readonly Field[])[]>> = {
  RUN_METRIC: fields('RUN_METRIC', [
    AGGREGATION,
    { name: 'window', label: 'Window', ...WINDOWED },
    COMPARISON,
    { name: 'threshold', label: 'Value' },
  ]),
  RUN_METRIC_CHANGE: fields(
    'RUN_METRIC_CHANGE',
    [
      AGGREGATION,
      { name: 'currentWindow', label: 'Current window', ...WINDOWED },
      { name: 'priorWindow', label: 'Prior window', ...WINDOWED },
    ],
    [DIRECTION, { name: 'amount', label: 'By at least' }, CHANGE],
  ),
  RUN_METRIC_ZSCORE: fields('RUN_METRIC_ZSCORE', [
    { name: 'window', label: 'Window', unit: 'values' },
    { name: 'threshold', label: 'Z-score', unit: 'standard deviations' },
    DIRECTION,
  ]),
};

interface MetricFieldsProps {
  readonly event: MetricEventDraft;
  readonly fault: Fault | undefined;
  readonly onChange: (event: MetricEventDraft) => void;
}

/** What is asked of a metric: a threshold, a change, or a distance from its own mean. */
export function MetricFields({ event, fault, onChange }: MetricFieldsProps) {
  const values: Readonly<Record<string, unknown>> = event;
  // the fields of each event are checked where they are listed
  const set = (name: string, value: string) => onChange({ ...event, [name]: value } as MetricEventDraft);
  const hasWindow = !('aggregation' in event) || event.aggregation !== 'NONE';
  return (
    <>
      <TextInput
        label="Metric"
        placeholder="val/loss, eval.accuracy, system.gpu.0.temp …"
        value={event.metric}
        error={errorAt(fault, 'metric')}
        onChange={({ currentTarget }) => set('metric', currentTarget.value)}
      />
      {ROWS[event.type].map((row) => (
        <div key={row.map(({ name }) => name).join()} className={styles.row}>
          {row.map((field) => {
            const shown = {
              label: field.label,
              value: String(values[field.name]),
              error: errorAt(fault, field.name),
              onChange: (value: string) => set(field.name, value),
            };
            if ('words' in field) return <Choice key={field.name} words={field.words} {...shown} />;
            if (field.windowed === true && !hasWindow) return null;
            return (
              <NumberField key={field.name} {...shown} {...(field.unit === undefined ? {} : { unit: field.unit })} />
            );
          })}
        </div>
      ))}
    </>
  );
}
