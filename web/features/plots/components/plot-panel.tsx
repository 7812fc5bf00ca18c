import { ActionIcon, Tooltip } from '@mantine/core';
import { useIntersection, useInViewport, useMergedRef } from '@mantine/hooks';
import { Bell as BellIcon, Maximize2 } from 'lucide-react';
import { useRef } from 'react';
import type { ChartMark, Threshold } from '../../../components/chart/chart-line.ts';
import type { Metric } from '../api/list-metrics.ts';
import type { ProjectPlace } from '../api/run-lines.ts';
import type { Bell } from './bell.ts';
import { Legend } from './legend.tsx';
import { LookMenu } from './look-menu.tsx';
import { PlotDrawing } from './plot-drawing.tsx';
import type { PlotRun } from './plot-run.ts';
import { type Look, type PlotLook, usualAxis } from './plot-settings.ts';
import styles from './plots.module.css';
import { useDraft } from './use-draft.ts';
import { useLines } from './use-lines.ts';

const POINTS = 400;
const HEIGHT = 200;
/** So near somebody is there soon, be it by keyboard, from one button to the next. */
const NEARBY = { rootMargin: '600px' };

/** What is drawn of one metric, and what can be done with it. */
export interface PlotPanelProps {
  readonly place: ProjectPlace;
  readonly runs: readonly PlotRun[];
  readonly metric: Metric;
  readonly look: PlotLook;
  /** Names of metrics that may be an axis. */
  readonly axes: readonly string[];
  readonly thresholds: readonly Threshold[];
  readonly marks: readonly ChartMark[];
  readonly onLook: (look: Look) => void;
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
  const { metric, runs } = props;
  const { ref, inViewport } = useInViewport();
  const { ref: nearby, entry } = useIntersection(NEARBY);
  const wasNear = useRef(false);
  wasNear.current ||= entry?.isIntersecting === true;
  return (
    <article ref={useMergedRef(ref, nearby)} className={styles.card} aria-label={metric.name}>
      {wasNear.current ? (
        <Near {...props} isSeen={inViewport} />
      ) : (
        <Far name={metric.name} hasLegend={runs.length > 1} />
      )}
    </article>
  );
}

/** As high as the plot that will stand there: of hundreds of plots nobody pays for more than they come near. */
function Far({ name, hasLegend }: { readonly name: string; readonly hasLegend: boolean }) {
  return (
    <>
      <header className={styles.head}>
        <Name name={name} />
      </header>
      <div style={{ height: HEIGHT }} />
      {hasLegend && <Legend lines={[]} />}
    </>
  );
}

function Name({ name }: { readonly name: string }) {
  return (
    <h3 className={styles.name} title={name}>
      {name}
    </h3>
  );
}

function Near(props: PlotPanelProps & { readonly isSeen: boolean }) {
  const { place, runs, metric, look, axes, thresholds, marks, onLook, onPlain, onOpen, bell, isCovered, isSeen } =
    props;
  const lines = useLines({
    ...{ place, runs, metric: metric.name, axis: look.axis, points: POINTS, enabled: isSeen && !isCovered },
  });
  const draft = useDraft(lines);
  return (
    <>
      <header className={styles.head}>
        <Name name={metric.name} />
        {bell !== undefined && (
          <Tool
            label={`New automation for ${metric.name}`}
            pressed={draft.isOpen}
            icon={<BellIcon size={15} aria-hidden />}
            onClick={draft.toggle}
          />
        )}
        <LookMenu
          {...{
            metric: metric.name,
            look,
            usual: usualAxis(metric),
            metrics: axes,
            onChange: onLook,
            onReset: onPlain,
          }}
        />
        <Tool label={`Enlarge ${metric.name}`} icon={<Maximize2 size={15} aria-hidden />} onClick={onOpen} />
      </header>
      <PlotDrawing
        {...{ metric: metric.name, look, lines, height: HEIGHT, thresholds, marks, handle: draft.handle }}
        group={`${place.entity}/${place.project} ${JSON.stringify(look.axis)}`}
      />
      {runs.length > 1 && <Legend lines={lines.lines} />}
      {bell !== undefined && draft.form(bell, metric.name)}
    </>
  );
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
