import { Checkbox, NativeSelect, Slider } from '@mantine/core';
import type { ReactNode } from 'react';
import type { Axis } from '../../../components/chart/chart-line.ts';
import { axisOf, axisText, type Look, MOST_SMOOTHING } from './plot-settings.ts';
import styles from './plots.module.css';

export interface LookFieldsProps {
  readonly look: Look;
  /** What is drawn along where nobody chose; absent: what the runs define for each metric. */
  readonly usual: Axis | undefined;
  /** Names of metrics that may be an axis. */
  readonly metrics: readonly string[];
  readonly onChange: (look: Look) => void;
  /** Below the fields. */
  readonly children?: ReactNode;
}

const AXES = [
  { value: 'step', label: 'Step' },
  { value: 'runtime', label: 'Relative time' },
  { value: 'time', label: 'Wall time' },
];
/** By `define_metric` of the client. */
const DEFINED = { value: 'defined', label: 'As the runs define it' };
/** Metrics that the list offers. */
const MOST_OFFERED = 200;

/** How plots are drawn: along what, how smooth, and on which scales. */
export function LookFields({ look, usual, metrics, onChange, children }: LookFieldsProps) {
  const { axis, smoothing, logX, logY } = look;
  return (
    <div className={styles.fields}>
      <AxisField axis={axis} usual={usual} metrics={metrics} onChange={(next) => onChange({ ...look, axis: next })} />
      <div>
        <p className={styles.label}>
          Smoothing <span>{smoothing.toFixed(2)}</span>
        </p>
        <Slider
          thumbLabel="Smoothing"
          label={null}
          size="sm"
          min={0}
          max={MOST_SMOOTHING}
          step={0.01}
          value={smoothing}
          onChange={(next) => onChange({ ...look, smoothing: next })}
        />
      </div>
      <Checkbox
        size="xs"
        label="Logarithmic values"
        checked={logY}
        onChange={(event) => onChange({ ...look, logY: event.currentTarget.checked })}
      />
      <Checkbox
        size="xs"
        label="Logarithmic x axis"
        disabled={axis?.by === 'time'}
        checked={logX}
        onChange={(event) => onChange({ ...look, logX: event.currentTarget.checked })}
      />
      {children}
    </div>
  );
}

interface AxisFieldProps extends Pick<LookFieldsProps, 'usual' | 'metrics'> {
  readonly axis: Axis | undefined;
  readonly onChange: (axis: Axis | undefined) => void;
}

function AxisField({ axis, usual, metrics, onChange }: AxisFieldProps) {
  const chosen = axis?.by === 'metric' ? [axis.metric] : [];
  const unchosen = usual === undefined ? DEFINED.value : axisText(usual);
  const offered = [...new Set([...chosen, ...metrics.slice(0, MOST_OFFERED)])];
  return (
    <NativeSelect
      label="X axis"
      size="xs"
      value={axis === undefined ? unchosen : axisText(axis)}
      onChange={({ currentTarget: { value } }) => onChange(value === unchosen ? undefined : axisOf(value))}
      data={[
        ...(usual === undefined ? [DEFINED] : []),
        ...AXES,
        ...(offered.length === 0
          ? []
          : [
              {
                group: 'Metrics',
                items: offered.map((metric) => ({ value: axisText({ by: 'metric', metric }), label: metric })),
              },
            ]),
      ]}
    />
  );
}
