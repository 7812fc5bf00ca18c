import { TextInput } from '@mantine/core';
import styles from './builder.module.css';
import { Choice } from './choice.tsx';
import type { EventDraftOf } from './draft.ts';
import { errorAt, type Fault } from './fault.ts';
import { NumberField } from './number-field.tsx';

interface FieldsProps<Event> {
  readonly event: Event;
  readonly fault: Fault | undefined;
  readonly onChange: (event: Event) => void;
}

const AGGREGATIONS = { NONE: 'Latest value', AVERAGE: 'Average', MIN: 'Minimum', MAX: 'Maximum' } as const;
const DIRECTIONS = { ANY: 'Either way', INCREASE: 'Increases', DECREASE: 'Decreases' } as const;
const COMPARISONS = {
  $gt: 'Greater than (>)',
  $gte: 'At least (≥)',
  $lt: 'Less than (<)',
  $lte: 'At most (≤)',
  $eq: 'Equal to (=)',
  $ne: 'Not equal to (≠)',
} as const;
const CHANGES = { RELATIVE: 'Relative (0.25 is 25 %)', ABSOLUTE: 'Absolute' } as const;

/** A metric meets a threshold. */
export function ThresholdFields({ event, fault, onChange }: FieldsProps<EventDraftOf<'RUN_METRIC'>>) {
  const { metric, aggregation, window, comparison, threshold } = event;
  return (
    <>
      <MetricName value={metric} fault={fault} onChange={(next) => onChange({ ...event, metric: next })} />
      <div className={styles.row}>
        <Choice
          label="Aggregation"
          words={AGGREGATIONS}
          value={aggregation}
          onChange={(next) => onChange({ ...event, aggregation: next })}
        />
        {aggregation !== 'NONE' && (
          <NumberField
            label="Window"
            unit="values"
            value={window}
            error={errorAt(fault, 'window')}
            onChange={(next) => onChange({ ...event, window: next })}
          />
        )}
        <Choice
          label="Comparison"
          words={COMPARISONS}
          value={comparison}
          onChange={(next) => onChange({ ...event, comparison: next })}
        />
        <NumberField
          label="Value"
          value={threshold}
          error={errorAt(fault, 'threshold')}
          onChange={(next) => onChange({ ...event, threshold: next })}
        />
      </div>
    </>
  );
}

/** A metric changes by at least an amount. */
export function ChangeFields({ event, fault, onChange }: FieldsProps<EventDraftOf<'RUN_METRIC_CHANGE'>>) {
  const { metric, aggregation, currentWindow, priorWindow, direction, changeType, amount } = event;
  return (
    <>
      <MetricName value={metric} fault={fault} onChange={(next) => onChange({ ...event, metric: next })} />
      <div className={styles.row}>
        <Choice
          label="Aggregation"
          words={AGGREGATIONS}
          value={aggregation}
          onChange={(next) => onChange({ ...event, aggregation: next })}
        />
        {aggregation !== 'NONE' && (
          <>
            <NumberField
              label="Current window"
              unit="values"
              value={currentWindow}
              error={errorAt(fault, 'currentWindow')}
              onChange={(next) => onChange({ ...event, currentWindow: next })}
            />
            <NumberField
              label="Prior window"
              unit="values"
              value={priorWindow}
              error={errorAt(fault, 'priorWindow')}
              onChange={(next) => onChange({ ...event, priorWindow: next })}
            />
          </>
        )}
      </div>
      <div className={styles.row}>
        <Choice
          label="Direction"
          words={DIRECTIONS}
          value={direction}
          onChange={(next) => onChange({ ...event, direction: next })}
        />
        <NumberField
          label="By at least"
          value={amount}
          error={errorAt(fault, 'amount')}
          onChange={(next) => onChange({ ...event, amount: next })}
        />
        <Choice
          label="Kind of change"
          words={CHANGES}
          value={changeType}
          onChange={(next) => onChange({ ...event, changeType: next })}
        />
      </div>
    </>
  );
}

/** A metric lies far from the mean of its own last values. */
export function ZScoreFields({ event, fault, onChange }: FieldsProps<EventDraftOf<'RUN_METRIC_ZSCORE'>>) {
  const { metric, window, threshold, direction } = event;
  return (
    <>
      <MetricName value={metric} fault={fault} onChange={(next) => onChange({ ...event, metric: next })} />
      <div className={styles.row}>
        <NumberField
          label="Window"
          unit="values"
          value={window}
          error={errorAt(fault, 'window')}
          onChange={(next) => onChange({ ...event, window: next })}
        />
        <NumberField
          label="Z-score"
          unit="standard deviations"
          value={threshold}
          error={errorAt(fault, 'threshold')}
          onChange={(next) => onChange({ ...event, threshold: next })}
        />
        <Choice
          label="Direction"
          words={DIRECTIONS}
          value={direction}
          onChange={(next) => onChange({ ...event, direction: next })}
        />
      </div>
    </>
  );
}

interface MetricNameProps {
  readonly value: string;
  readonly fault: Fault | undefined;
  readonly onChange: (metric: string) => void;
}

function MetricName({ value, fault, onChange }: MetricNameProps) {
  return (
    <TextInput
      label="Metric"
      placeholder="val/loss, eval.accuracy, system.gpu.0.temp …"
      value={value}
      error={errorAt(fault, 'metric')}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}
