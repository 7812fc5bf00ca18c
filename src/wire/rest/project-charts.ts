import { z } from 'zod';
import { seenAt } from '../../delivery/find-executions.ts';
import { requireEntity } from '../../directory/require-entity.ts';
import { streamOf } from '../../engine/series-names.ts';
import type { Viewer } from '../../model/viewer.ts';
import type { Ground } from '../../store/ground.ts';
import { metricDefinitions, type RunView, runViewsByName } from '../../store/run-views.ts';
import type { RestResource } from './app.ts';
import {
  firing,
  historiesQuery,
  projectMetrics,
  sampledHistories,
  severalFiringsQuery,
  severalMetricsQuery,
} from './chart-schemas.ts';
import { firingsOf, MOST_FIRINGS } from './firings-of.ts';
import { ofProject, requireProject } from './projects.ts';
import { foldsOf, hasNumbers, numbersIn, sampledHistoryOf } from './run-numbers.ts';
import { answers } from './schemas.ts';
import { stepMetricsIn } from './step-metrics.ts';

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
      const defined = await metricDefinitions(ground.database, runs);
      const logged = await ofEach(runs, async (run) => ({ run, folds: await foldsOf(metrics, run) }));
      const found = new Map<string, z.output<typeof projectMetrics>['items'][number]>();
      for (const { run, folds } of logged) {
        const stepMetricOf = stepMetricsIn(defined.get(run.runId));
        for (const [name] of numbersIn(folds, search)) {
          const before = found.get(name);
          const own = stepMetricOf(name);
          const stepMetric = own !== null && hasNumbers(folds, own) ? own : null;
          found.set(name, {
            ...{ name, system: streamOf(name) === 'events', runs: (before?.runs ?? 0) + 1 },
            stepMetric: before === undefined || before.stepMetric === stepMetric ? stepMetric : null,
          });
        }
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
      const runs = await ofEach(await runsOf(ground, viewer, params, names), async (run) => {
        const history = await sampledHistoryOf(ground.database, run, query, EVERY_LINE, explain.columnsWanted);
        return { run: run.name, ...history };
      });
      return { by: query.by, runs };
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
        querystring: severalFiringsQuery,
        response: answers(200, z.object({ items: z.array(firing) })),
      },
    },
    async ({ viewer, params, query: { run: names, ...query } }) => {
      const entity = await requireEntity(ground, viewer, params.entity);
      const runs = await runsOf(ground, viewer, params, names);
      return { items: await firingsOf(ground, seenAt(viewer, [entity]), runs, query) };
    },
  );
};

/** While what one run has comes from the database, what another has is unpacked. */
async function ofEach<Found>(runs: readonly RunView[], read: (run: RunView) => Promise<Found>): Promise<Found[]> {
  const found: Found[] = [];
  const waiting = runs.entries();
  const readOn = async (): Promise<void> => {
    for (const [index, run] of waiting) found[index] = await read(run);
  };
  await Promise.all([readOn(), readOn()]);
  return found;
}

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
