import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import * as z from 'zod/mini';
import { seriesOf, streamOf } from '../../../../src/engine/series-names.ts';
import { Chart } from '../../../components/chart/chart.tsx';
import { metricHistoryQuery, type RunPlace } from '../../../lib/metric-history.ts';
import type { ExecutionDetails } from '../api/get-execution.ts';
import type { MetricMatch } from './match.ts';
import { Spark } from './spark.tsx';

/** Lines of the history that are drawn before and after the one that fired. */
const BEFORE = 300;
const AFTER = 150;
/** Of a metric that is logged less often than that, all of its history is drawn. */
const FEWEST = 20;
const HEIGHT = 240;

const threshold = z.object({ event: z.object({ type: z.literal('RUN_METRIC'), threshold: z.number() }) });

interface CauseChartProps {
  readonly execution: ExecutionDetails;
  readonly match: MetricMatch;
}

/** The metric around the values that fired; these alone where the run is gone. */
export function CauseChart({ execution, match }: CauseChartProps) {
  const place = placeOf(execution);
  const finite = match.values.filter((value) => value !== null);
  const spark = finite.length > 1 ? <Spark values={finite} /> : null;
  return place === undefined ? spark : <Curve {...{ execution, match, place }} instead={spark} />;
}

function Curve({ execution, match, place, instead }: CauseChartProps & { place: RunPlace; instead: ReactNode }) {
  const metric = seriesOf(match.metric);
  const by = streamOf(metric) === 'events' ? ('time' as const) : ('step' as const);
  const { line } = match;
  const around = { by, fromLine: Math.max(0, line - BEFORE), beforeLine: line + AFTER };
  const near = useQuery(metricHistoryQuery(place, metric, around));
  const isSparse = near.data !== undefined && near.data.count < FEWEST;
  const all = useQuery({ ...metricHistoryQuery(place, metric, { by }), enabled: isSparse });
  const drawn = isSparse ? all : near;
  if (drawn.error !== null || drawn.data?.count === 0) return instead;
  if (drawn.data === undefined) return <div style={{ height: HEIGHT }} />;
  const limit = threshold.safeParse(execution.automation?.definition).data;
  const x = by === 'step' ? match.step : match.timestamp;
  const value = match.values.at(-1) ?? null;
  const marks = x === null || value === null ? [] : [{ key: 'fired', x, value, words: match.measured }];
  const name = execution.automation?.name ?? 'Threshold';
  return (
    <Chart
      label={match.metric}
      lines={[{ ...drawn.data, key: place.run, name: match.metric }]}
      axis={{ by }}
      height={HEIGHT}
      marks={marks}
      thresholds={limit === undefined ? [] : [{ value: limit.event.threshold, words: name }]}
    />
  );
}

function placeOf({ subject }: ExecutionDetails): RunPlace | undefined {
  const [entity, project, run] = subject.path?.split('/') ?? [];
  if (subject.kind !== 'run' || entity === undefined || project === undefined || run === undefined) return undefined;
  return { entity, project, run };
}
