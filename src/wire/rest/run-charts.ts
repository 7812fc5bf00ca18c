import { z } from 'zod';
import { findExecutions, seenAt } from '../../delivery/find-executions.ts';
import { requireEntity } from '../../directory/require-entity.ts';
import { type Stream, streamOf } from '../../engine/series-names.ts';
import { invalid } from '../../model/error.ts';
import { metricCaptures } from '../../store/metric-captures.ts';
import type { RunView } from '../../store/run-views.ts';
import { sampleSeries } from '../../store/sampled-series.ts';
import type { RestResource } from './app.ts';
import {
  firing,
  historyQuery,
  metricsQuery,
  runMetrics,
  sampledHistory,
  toFiring,
  toMetric,
  toSeries,
} from './chart-schemas.ts';
import { ofRun, requireRun } from './run-of.ts';
import { answers } from './schemas.ts';

const tags = ['runs'];
/** Metrics that one answer lists. */
const MOST_METRICS = 2_000;
/** Firings that one answer lists: more marks than that say nothing. */
const MOST_FIRINGS = 200;
const METRIC_EVENTS = ['RUN_METRIC', 'RUN_METRIC_CHANGE', 'RUN_METRIC_ZSCORE'];
const STREAMS = ['history', 'events'] as const;
/** The metric that tells where a number stands. */
const ALONG = { step: '_step', time: '_timestamp' } as const;

/** What the charts of a run are drawn from. */
export const runCharts: RestResource = (app, { ground, explain, runMetrics: metrics }) => {
  app.get(
    '/entities/:entity/projects/:project/runs/:run/metrics',
    {
      schema: {
        tags,
        summary: 'List the metrics of a run that have numbers, by name',
        description: `At most ${MOST_METRICS.toLocaleString('en')}: search for the others.`,
        params: ofRun,
        querystring: metricsQuery,
        response: answers(200, runMetrics),
      },
    },
    async ({ viewer, params, query: { search = '' } }) => {
      const run = await requireRun(ground, viewer, params);
      const folds = await Promise.all(
        STREAMS.map((stream) => metrics.read({ ...run, stream, lines: linesOf(run, stream) })),
      );
      const wanted = search.toLowerCase();
      const found = folds.flatMap((fold, at) =>
        [...fold.metrics].filter(
          ([name, { typeCounts }]) =>
            typeCounts.has('number') && streamOf(name) === STREAMS[at] && name.toLowerCase().includes(wanted),
        ),
      );
      const items = found.toSorted(([one], [other]) => (one < other ? -1 : 1)).slice(0, MOST_METRICS);
      return { total: found.length, items: items.map(toMetric) };
    },
  );

  app.get(
    '/entities/:entity/projects/:project/runs/:run/history',
    {
      schema: {
        tags,
        summary: 'Read the numbers of metrics, thinned out for drawing so that no spike is lost',
        description:
          'Of each stretch of a long series the lowest and the highest number stay, and of every series the last one. Metrics of the system, `system.…`, have no steps: ask for them by time.',
        params: ofRun,
        querystring: historyQuery,
        response: answers(200, sampledHistory),
      },
    },
    async ({ viewer, params, query: { metric: named, by, points, fromLine, beforeLine } }) => {
      const run = await requireRun(ground, viewer, params);
      const streams = new Set(named.map(streamOf));
      const [stream] = streams;
      if (stream === undefined || streams.size > 1)
        throw invalid('ask for metrics of the system by themselves', 'metric');
      if (stream === 'events' && by === 'step') throw invalid('metrics of the system have no steps: ask by time', 'by');
      const range = { fromLine, beforeLine: Math.min(beforeLine ?? Number.POSITIVE_INFINITY, linesOf(run, stream)) };
      const wanted = { ...range, metrics: [...new Set(named)], along: ALONG[by], points };
      const series = await sampleSeries(ground.database, { ...run, stream }, wanted, explain.columnsWanted);
      return { by, series: series.map(toSeries) };
    },
  );

  app.get(
    '/entities/:entity/projects/:project/runs/:run/firings',
    {
      schema: {
        tags,
        summary: 'List where metrics of a run made automations fire, newest first',
        description: `The newest ${MOST_FIRINGS}.`,
        params: ofRun,
        response: answers(200, z.object({ items: z.array(firing) })),
      },
    },
    async ({ viewer, params }) => {
      const entity = await requireEntity(ground, viewer, params.entity);
      const { runId, tenantId } = await requireRun(ground, viewer, params);
      const wanted = new Map([
        ['subject_id', [runId]],
        ['event_type', METRIC_EVENTS],
      ] as const);
      const filter = {
        seen: seenAt(viewer, [entity]),
        wanted,
        reason: null,
        integrationId: null,
        from: null,
        to: null,
      };
      const page = { after: null, limit: MOST_FIRINGS, oldestFirst: false };
      const { items } = await findExecutions(ground, filter, page);
      const captures = await metricCaptures(
        ground.database,
        tenantId,
        items.map(({ eventId }) => eventId),
      );
      return { items: items.flatMap((each) => toFiring(each, captures.get(each.eventId))) };
    },
  );
};

function linesOf({ historyLines, eventsLines }: RunView, stream: Stream): number {
  return stream === 'history' ? historyLines : eventsLines;
}
