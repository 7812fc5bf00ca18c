import { Checkbox, NativeSelect, Slider } from '@mantine/core';
import type { ReactNode } from 'react';
import { axisOf, axisText, MOST_SMOOTHING, type PlotLook } from './plot-settings.ts';
import styles from './plots.module.css';

interface LookFieldsProps {
  readonly look: PlotLook;
  /** Names of metrics that may be an axis. */
  readonly metrics: readonly string[];
  readonly onChange: (look: PlotLook) => void;
  /** Below the fields. */
  readonly children?: ReactNode;
}

const AXES = [
  { value: 'step', label: 'Step' },
  { value: 'runtime', label: 'Relative time' },
  { value: 'time', label: 'Wall time' },
];
/** Metrics that the list offers. */
const MOST_OFFERED = 200;

/** How plots are drawn: along what, how smooth, and on which scales. */
export function LookFields({ look, metrics, onChange, children }: LookFieldsProps) {
  const { axis, smoothing, logX, logY } = look;
  return (
    <div className={styles.fields}>
      <AxisField axis={axis} metrics={metrics} onChange={(next) => onChange({ ...look, axis: next })} />
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
        disabled={axis.by === 'time'}
        checked={logX}
        onChange={(event) => onChange({ ...look, logX: event.currentTarget.checked })}
      />
      {children}
    </div>
  );
}

function AxisField({
  axis,
  metrics,
  onChange,
}: Pick<PlotLook, 'axis'> &
  Pick<LookFieldsProps, 'metrics'> & { readonly onChange: (axis: PlotLook['axis']) => void }) {
  const chosen = axis.by === 'metric' ? [axis.metric] : [];
  const offered = [...new Set([...chosen, ...metrics.slice(0, MOST_OFFERED)])];
  return (
    <NativeSelect
      label="X axis"
      size="xs"
      value={axisText(axis)}
      onChange={(event) => onChange(axisOf(event.currentTarget.value))}
      data={[
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
