import { z } from 'zod';
import { demand } from '../../access/demand.ts';
import { parseRunName } from '../../model/names.ts';
import type { Viewer } from '../../model/viewer.ts';
import type { Ground } from '../../store/ground.ts';
import { deleteRuns } from '../../tracking/delete-run.ts';
import type { SomeRuns } from '../../tracking/some-runs.ts';
import { stopRuns } from '../../tracking/stop-run.ts';
import { tagRuns } from '../../tracking/tag-runs.ts';
import type { RestResource } from './app.ts';
import { ofProject, requireProject } from './projects.ts';
import { runTag } from './run-schemas.ts';
import { answers } from './schemas.ts';

const tags = ['runs'];
/** Runs that one call does something to. */
const MOST_RUNS = 500;
const MOST_TAGS = 50;

const runIds = z.array(z.string().min(1).max(500)).min(1).max(MOST_RUNS).describe("the client's ids of runs");
const tagNames = z.array(runTag).max(MOST_TAGS);

const tagEdit = z
  .strictObject({
    runs: runIds,
    add: tagNames.default([]),
    remove: tagNames.default([]).describe('wins over what is added'),
  })
  .meta({ id: 'RunTagEdit' });

const someRuns = z.strictObject({ runs: runIds }).meta({ id: 'SomeRuns' });

const done = z.object({ count: z.int().describe('runs that it changed') }).meta({ id: 'RunsDone' });

/** What people do to several runs at once: to all or to none; runs that there are not are left and not counted. */
export const runsDeeds: RestResource = (app, { ground }) => {
  app.post(
    '/entities/:entity/projects/:project/run-tags',
    {
      schema: {
        tags,
        summary: 'Add tags to some runs of a project, and take others away',
        params: ofProject,
        body: tagEdit,
        response: answers(200, done),
      },
    },
    async ({ viewer, params, body: { runs, add, remove } }) => ({
      count: await tagRuns(ground, viewer, await chosenRuns(ground, viewer, params, runs), { add, remove }),
    }),
  );

  app.post(
    '/entities/:entity/projects/:project/run-stops',
    {
      schema: {
        tags,
        summary: 'Ask the clients of some runs of a project to stop their scripts',
        description: 'Runs that have ended, and those that were asked before, are left and not counted.',
        params: ofProject,
        body: someRuns,
        response: answers(200, done),
      },
    },
    async ({ viewer, params, body: { runs } }) => ({
      count: await stopRuns(ground, viewer, await chosenRuns(ground, viewer, params, runs)),
    }),
  );

  app.post(
    '/entities/:entity/projects/:project/run-removals',
    {
      schema: {
        tags,
        summary: 'Delete some runs of a project, with their history and files',
        params: ofProject,
        body: someRuns,
        response: answers(200, done),
      },
    },
    async ({ viewer, params, body: { runs } }) => ({
      count: await deleteRuns(ground, viewer, await chosenRuns(ground, viewer, params, runs)),
    }),
  );
};

/** @throws TriplineError not_found, forbidden, invalid */
async function chosenRuns(
  ground: Ground,
  viewer: Viewer,
  params: z.output<typeof ofProject>,
  runs: readonly string[],
): Promise<SomeRuns> {
  const project = await requireProject(ground, viewer, params);
  demand(viewer, 'log', project, `project ${project.entityName}/${project.name}`);
  return { tenantId: project.tenantId, projectId: project.id, names: runs.map(parseRunName) };
}
