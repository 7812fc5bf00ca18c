import { ActionIcon, Tooltip } from '@mantine/core';
import { useInViewport } from '@mantine/hooks';
import { Bell as BellIcon, Maximize2 } from 'lucide-react';
import { useState } from 'react';
import { Chart } from '../../../components/chart/chart.tsx';
import type { ChartLine, Threshold } from '../../../components/chart/chart-line.ts';
import type { Firing } from '../api/list-firings.ts';
import type { Metric } from '../api/list-metrics.ts';
import type { ProjectPlace } from '../api/run-lines.ts';
import { type Bell, type BellDraft, sensibleValue } from './bell.ts';
import { Legend } from './legend.tsx';
import { LookMenu } from './look-menu.tsx';
import { marksOf } from './marks.ts';
import type { PlotRun } from './plot-run.ts';
import type { PlotLook } from './plot-settings.ts';
import styles from './plots.module.css';
import { useLines } from './use-lines.ts';

const POINTS = 400;
const HEIGHT = 200;

/** What is drawn of one metric, and what can be done with it. */
export interface PlotPanelProps {
  readonly place: ProjectPlace;
  readonly runs: readonly PlotRun[];
  readonly metric: Metric;
  readonly look: PlotLook;
  /** Names of metrics that may be an axis. */
  readonly axes: readonly string[];
  readonly thresholds: readonly Threshold[];
  readonly firings: readonly Firing[];
  readonly onLook: (look: PlotLook) => void;
  /** Takes away what this plot has of its own; absent where it has nothing. */
  readonly onPlain: (() => void) | undefined;
  readonly onOpen: () => void;
  /** Where automations may be made. */
  readonly bell: Bell | undefined;
  /** Whether a large plot lies over it. */
  readonly isCovered: boolean;
}

/** One metric over some runs, drawn once it has come into view and kept up while it is there. */
export function PlotPanel(props: PlotPanelProps) {
  const { place, runs, metric, axes, thresholds, firings, onLook, onPlain, onOpen, bell, isCovered } = props;
  const { ref, inViewport } = useInViewport();
  const look = lookFor(metric, props.look, runs);
  const { lines, isWaiting, error, onSpan } = useLines({
    ...{ place, runs, metric: metric.name, axis: look.axis, points: POINTS, enabled: inViewport && !isCovered },
  });
  const [draft, setDraft] = useState<BellDraft>();
  return (
    <article ref={ref} className={styles.card} aria-label={metric.name}>
      <header className={styles.head}>
        <h3 className={styles.name} title={metric.name}>
          {metric.name}
        </h3>
        {bell !== undefined && (
          <Tool
            label={`New automation for ${metric.name}`}
            pressed={draft !== undefined}
            icon={<BellIcon size={15} aria-hidden />}
            onClick={() =>
              setDraft(draft === undefined ? { above: true, value: sensibleValue(lines, true) } : undefined)
            }
          />
        )}
        <LookMenu metric={metric.name} look={look} metrics={axes} onChange={onLook} onReset={onPlain} />
        <Tool label={`Enlarge ${metric.name}`} icon={<Maximize2 size={15} aria-hidden />} onClick={onOpen} />
      </header>
      {lines.length === 0 && (isWaiting || error !== null) ? (
        <div className={styles.waiting} style={{ height: HEIGHT }}>
          {error !== null && 'This could not be loaded.'}
        </div>
      ) : (
        <Chart
          label={metric.name}
          lines={lines}
          axis={look.axis}
          look={look}
          height={HEIGHT}
          group={`${place.entity}/${place.project} ${JSON.stringify(look.axis)}`}
          thresholds={thresholds}
          marks={marksOf(firings, look.axis, runs)}
          onSpan={onSpan}
          {...(draft === undefined ? {} : { handle: handleOf(draft, setDraft) })}
        />
      )}
      {runs.length > 1 && <Legend lines={lines} />}
      {draft !== undefined &&
        bell?.({
          metric: metric.name,
          draft,
          onChange: (next) => setDraft(turned(next, draft, lines)),
          onClose: () => setDraft(undefined),
        })}
    </article>
  );
}

/**
 * What the system measures has no steps, and no other metric stands on its lines: of one run it is drawn along the time
 * of day, of several along that since each began.
 */
export function lookFor({ system }: Metric, look: PlotLook, runs: readonly PlotRun[]): PlotLook {
  const { by } = look.axis;
  if (!system || by === 'time' || by === 'runtime') return look;
  return { ...look, axis: { by: runs.length === 1 ? 'time' : 'runtime' }, logX: false };
}

export function handleOf(draft: BellDraft, onChange: (draft: BellDraft) => void) {
  return { value: draft.value, label: 'Threshold', onChange: (value: number) => onChange({ ...draft, value }) };
}

/** Who turns from above to below gets the value that begins there, unless they had chosen one. */
export function turned(next: BellDraft, before: BellDraft, lines: readonly ChartLine[]): BellDraft {
  const isUntouched = next.value === before.value && before.value === sensibleValue(lines, before.above);
  return next.above !== before.above && isUntouched ? { ...next, value: sensibleValue(lines, next.above) } : next;
}

interface ToolProps {
  readonly label: string;
  readonly icon: React.ReactNode;
  readonly pressed?: boolean;
  readonly onClick: () => void;
}

function Tool({ label, icon, pressed, onClick }: ToolProps) {
  return (
    <Tooltip label={label} withinPortal={false}>
      <ActionIcon
        className={styles.tool ?? ''}
        data-on={pressed}
        variant="subtle"
        color="gray"
        aria-label={label}
        aria-pressed={pressed}
        onClick={onClick}
      >
        {icon}
      </ActionIcon>
    </Tooltip>
  );
}
