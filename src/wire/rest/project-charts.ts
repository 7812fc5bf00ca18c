import { z } from 'zod';
import { seenAt } from '../../delivery/find-executions.ts';
import { requireEntity } from '../../directory/require-entity.ts';
import { streamOf } from '../../engine/series-names.ts';
import type { Viewer } from '../../model/viewer.ts';
import type { Ground } from '../../store/ground.ts';
import { type RunView, runViewsByName } from '../../store/run-views.ts';
import type { RestResource } from './app.ts';
import {
  firing,
  historiesQuery,
  projectMetrics,
  sampledHistories,
  severalMetricsQuery,
  severalRunsQuery,
} from './chart-schemas.ts';
import { firingsOf, MOST_FIRINGS } from './firings-of.ts';
import { ofProject, requireProject } from './projects.ts';
import { foldsOf, numbersIn, sampledHistoryOf } from './run-numbers.ts';
import { answers } from './schemas.ts';

const tags = ['runs'];
/** Metrics that one answer lists. */
const MOST_METRICS = 2_000;
const EVERY_LINE = { fromLine: 0, beforeLine: Number.POSITIVE_INFINITY };

/** What plots of several runs together are drawn from. Runs that there are not are left out. */
export const projectCharts: RestResource = (app, { ground, explain, runMetrics: metrics }) => {
  app.get(
    '/entities/:entity/projects/:project/metrics',
    {
      schema: {
        tags,
        summary: 'List the metrics that several runs have numbers of, by name',
        description: `At most ${MOST_METRICS.toLocaleString('en')}: search for the others.`,
        params: ofProject,
        querystring: severalMetricsQuery,
        response: answers(200, projectMetrics),
      },
    },
    async ({ viewer, params, query: { run: names, search = '' } }) => {
      const runs = await runsOf(ground, viewer, params, names);
      const found = new Map<string, { name: string; system: boolean; runs: number }>();
      for (const run of runs)
        for (const [name] of numbersIn(await foldsOf(metrics, run), search)) {
          const before = found.get(name)?.runs ?? 0;
          found.set(name, { name, system: streamOf(name) === 'events', runs: before + 1 });
        }
      const items = [...found.values()].toSorted((one, other) => (one.name < other.name ? -1 : 1));
      return { total: items.length, items: items.slice(0, MOST_METRICS) };
    },
  );

  app.get(
    '/entities/:entity/projects/:project/history',
    {
      schema: {
        tags,
        summary: 'Read the numbers of metrics of several runs, thinned out for drawing so that no spike is lost',
        description: 'Each as the history of one run tells it. Runs that there are not are left out.',
        params: ofProject,
        querystring: historiesQuery,
        response: answers(200, sampledHistories),
      },
    },
    async ({ viewer, params, query: { run: names, ...query } }) => {
      const found = [];
      for (const run of await runsOf(ground, viewer, params, names)) {
        const history = await sampledHistoryOf(ground.database, run, query, EVERY_LINE, explain.columnsWanted);
        found.push({ run: run.name, ...history });
      }
      return { by: query.by, runs: found };
    },
  );

  app.get(
    '/entities/:entity/projects/:project/firings',
    {
      schema: {
        tags,
        summary: 'List where metrics of several runs made automations fire, newest first',
        description: `The newest ${MOST_FIRINGS}.`,
        params: ofProject,
        querystring: severalRunsQuery,
        response: answers(200, z.object({ items: z.array(firing) })),
      },
    },
    async ({ viewer, params, query: { run: names } }) => {
      const entity = await requireEntity(ground, viewer, params.entity);
      const runs = await runsOf(ground, viewer, params, names);
      return { items: await firingsOf(ground, seenAt(viewer, [entity]), runs) };
    },
  );
};

/** The runs of a project that there are, in the order of their names here. */
async function runsOf(
  ground: Ground,
  viewer: Viewer,
  params: z.output<typeof ofProject>,
  names: readonly string[],
): Promise<RunView[]> {
  const { tenantId, id: projectId } = await requireProject(ground, viewer, params);
  const wanted = [...new Set(names)];
  const views = await runViewsByName(ground.database, { tenantId, projectId, names: wanted });
  return wanted.flatMap((name) => views.find((view) => view.name === name) ?? []);
}
