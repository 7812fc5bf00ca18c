import { z } from 'zod';
import { seenAt } from '../../delivery/find-executions.ts';
import { requireEntity } from '../../directory/require-entity.ts';
import type { RestResource } from './app.ts';
import {
  firing,
  firingsQuery,
  historyQuery,
  metricsQuery,
  runMetrics,
  sampledHistory,
  toMetric,
} from './chart-schemas.ts';
import { firingsOf, MOST_FIRINGS } from './firings-of.ts';
import { foldsOf, numbersIn, sampledHistoryOf } from './run-numbers.ts';
import { ofRun, requireRun } from './run-of.ts';
import { answers } from './schemas.ts';

const tags = ['runs'];
/** Metrics that one answer lists. */
const MOST_METRICS = 2_000;

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
      const found = numbersIn(await foldsOf(metrics, run), search);
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
    async ({ viewer, params, query: { fromLine, beforeLine, ...query } }) => {
      const run = await requireRun(ground, viewer, params);
      const range = { fromLine, beforeLine: beforeLine ?? Number.POSITIVE_INFINITY };
      return { by: query.by, ...(await sampledHistoryOf(ground.database, run, query, range, explain.columnsWanted)) };
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
        querystring: firingsQuery,
        response: answers(200, z.object({ items: z.array(firing) })),
      },
    },
    async ({ viewer, params, query }) => {
      const entity = await requireEntity(ground, viewer, params.entity);
      const run = await requireRun(ground, viewer, params);
      return { items: await firingsOf(ground, seenAt(viewer, [entity]), [run], query) };
    },
  );
};
