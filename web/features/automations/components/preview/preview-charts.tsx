import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useRef } from 'react';
import { seriesOf, streamOf } from '../../../../../src/engine/series-names.ts';
import { Chart } from '../../../../components/chart/chart.tsx';
import type { ChartHandle, ChartMark } from '../../../../components/chart/chart-line.ts';
import { boundsOf } from '../../../../components/chart/chart-words.ts';
import { metricHistoryQuery, type RunPlace } from '../../../../lib/metric-history.ts';
import type { Backtest } from '../../api/backtest.ts';
import type { EventDraft } from '../builder/draft.ts';
import styles from './preview.module.css';

/** Runs that are drawn: those that fired first. */
const SHOWN = 3;
const HEIGHT = 180;

type MetricDraft = Extract<EventDraft, { metric: string }>;
type Firing = Backtest['firings'][number];

interface PreviewChartsProps {
  readonly event: MetricDraft;
  readonly test: Backtest;
  readonly onChange: (event: EventDraft) => void;
}

/** The curves of runs that would have fired, or else of the newest ones, with the threshold to be moved. */
export function PreviewCharts({ event, test, onChange }: PreviewChartsProps) {
  const runs = useRef<readonly ShownRun[]>([]);
  const found = shownRuns(test);
  // one that has only begun names none yet: what is drawn stays, and whoever moves its line goes on
  if (found.length > 0 || test.status !== 'running') runs.current = found;
  return runs.current.map((run) => (
    <RunChart
      key={`${run.entity}/${run.project}/${run.run}`}
      run={run}
      event={event}
      firings={test.firings.filter((firing) => firing.run === run.run && firing.subject.startsWith(placeOf(run)))}
      onChange={onChange}
    />
  ));
}

interface ShownRun extends RunPlace {
  readonly name: string;
}

function shownRuns({ firings, looked }: Backtest): ShownRun[] {
  const found = new Map<string, ShownRun>();
  for (const run of [...firings.flatMap(runOf), ...looked]) {
    if (found.size === SHOWN) break;
    found.set(`${placeOf(run)}${run.run}`, run);
  }
  return [...found.values()];
}

const placeOf = ({ entity, project }: RunPlace): string => `${entity}/${project}/`;

function runOf({ subject, run }: Firing): ShownRun[] {
  const [entity, project, ...name] = subject.split('/');
  if (run === null || entity === undefined || project === undefined) return [];
  return [{ entity, project, run, name: name.join('/') }];
}

interface RunChartProps {
  readonly run: ShownRun;
  readonly event: MetricDraft;
  readonly firings: readonly Firing[];
  readonly onChange: (event: EventDraft) => void;
}

function RunChart({ run, event, firings, onChange }: RunChartProps) {
  const metric = seriesOf(event.metric);
  const along = streamOf(metric) === 'events' ? 'time' : 'step';
  const place = { entity: run.entity, project: run.project, run: run.run };
  const { data } = useQuery(metricHistoryQuery(place, metric, { by: along }));
  const handle = data === undefined ? undefined : handleOf(event, data.values, onChange);
  return (
    <div className={styles.run}>
      <p className={styles.name}>
        <Link to="/$entity/$project/runs/$run" params={place}>
          {run.name}
        </Link>
        <span className={styles.fired}>{firings.length > 0 ? 'would have fired' : ''}</span>
      </p>
      {data === undefined ? (
        <div style={{ height: HEIGHT }} />
      ) : (
        <Chart
          label={`${event.metric} of ${run.name}`}
          lines={[{ ...data, key: run.run, name: run.name }]}
          axis={{ by: along }}
          height={HEIGHT}
          marks={firings.flatMap((firing) => markOf(firing, along))}
          {...(handle === undefined ? {} : { handle })}
        />
      )}
    </div>
  );
}

/** The threshold; while none is chosen, the highest value is where it waits to be moved. */
function handleOf(
  event: MetricDraft,
  values: readonly number[],
  onChange: (event: EventDraft) => void,
): ChartHandle | undefined {
  if (event.type !== 'RUN_METRIC') return undefined;
  const value = event.threshold.trim() === '' ? boundsOf(values.filter(Number.isFinite))[1] : Number(event.threshold);
  if (!Number.isFinite(value)) return undefined;
  return {
    value,
    label: 'Threshold',
    onChange: (moved) => onChange({ ...event, threshold: String(moved) }),
  };
}

function markOf({ at, line, step, values, words }: Firing, along: 'step' | 'time'): ChartMark[] {
  const x = along === 'step' ? step : Date.parse(at) / 1000;
  const value = Number(values.at(-1));
  return x === null || !Number.isFinite(value) ? [] : [{ key: `${at} ${line}`, x, value, words }];
}
