import { ActionIcon, Tooltip } from '@mantine/core';
import { useInViewport } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Bell } from 'lucide-react';
import { Chart } from '../../../components/chart/chart.tsx';
import type { Along, ChartMark, Threshold } from '../../../components/chart/chart-line.ts';
import { metricHistoryQuery, type RunPlace } from '../../../lib/metric-history.ts';
import { metricText } from '../../../lib/words.ts';
import type { Firing } from '../api/list-firings.ts';
import type { Metric } from '../api/list-metrics.ts';
import styles from './run-charts.module.css';

const HEIGHT = 200;

export interface MetricCardProps {
  readonly place: RunPlace;
  readonly metric: Metric;
  readonly along: Along;
  readonly live: boolean;
  readonly thresholds: readonly Threshold[];
  readonly firings: readonly Firing[];
  /** A regular expression for the name of the run, where an automation may be made of it. */
  readonly runs: string | undefined;
}

/** One metric of a run, drawn once it has come into view and kept up while it is there, with the way to an automation that watches it. */
export function MetricCard({ place, metric, along: asked, live, thresholds, firings, runs }: MetricCardProps) {
  const { ref, inViewport } = useInViewport();
  const along = metric.system ? 'time' : asked;
  const history = useQuery({
    ...metricHistoryQuery(place, metric.name, { by: along }, live),
    enabled: inViewport,
  });
  return (
    <article ref={ref} className={styles.card} aria-label={metric.name}>
      <header className={styles.head}>
        <h3 className={styles.name}>{metric.name}</h3>
        <span className={styles.last}>{metric.last === null ? '' : metricText(metric.last)}</span>
        {runs !== undefined && <AlertLink place={place} metric={metric.name} runs={runs} />}
      </header>
      {history.data === undefined ? (
        <div className={styles.waiting} style={{ height: HEIGHT }}>
          {history.error !== null && 'This could not be loaded.'}
        </div>
      ) : (
        <Chart
          label={metric.name}
          line={history.data}
          along={along}
          height={HEIGHT}
          group={`${place.run} ${along}`}
          thresholds={thresholds}
          marks={firings.flatMap((firing) => markOf(firing, along))}
        />
      )}
    </article>
  );
}

function AlertLink({ place: { entity, project }, metric, runs }: { place: RunPlace; metric: string; runs: string }) {
  const label = `New automation for ${metric}`;
  return (
    <Tooltip label={label}>
      <ActionIcon
        className={styles.bell ?? ''}
        variant="subtle"
        color="gray"
        size="md"
        aria-label={label}
        renderRoot={(props) => (
          <Link {...props} to="/automations/new" search={{ entity, project, type: 'RUN_METRIC', metric, runs }} />
        )}
      >
        <Bell size={16} aria-hidden />
      </ActionIcon>
    </Tooltip>
  );
}

function markOf({ execution, automation, words, step, time, value }: Firing, along: Along): ChartMark[] {
  const x = along === 'step' ? step : time;
  if (x === null || typeof value !== 'number') return [];
  return [{ key: execution, execution, x, value, words: `${automation.name} fired: ${words}` }];
}
