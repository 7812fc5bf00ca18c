import { z } from 'zod';
import { testFilters } from '../../automations/test-filters.ts';
import { watchedNow } from '../../automations/watched-now.ts';
import { whyNotForRun } from '../../automations/why-run.ts';
import { whyNotForVersion } from '../../automations/why-version.ts';
import { findProject } from '../../directory/find-project.ts';
import { requireEntity } from '../../directory/require-entity.ts';
import { eventSchema } from '../../events/index.ts';
import { invalid, notFound } from '../../model/error.ts';
import type { Viewer } from '../../model/viewer.ts';
import type { Ground } from '../../store/ground.ts';
import type { ProjectPlace } from '../../store/projects.ts';
import type { RestResource } from './app.ts';
import { automationIn, ofAutomation } from './automation-of.ts';
import { scope } from './automation-schemas.ts';
import { tested, toVerdict, toWatched, toWhyNot, watched, whyNot } from './explanation-schemas.ts';
import { answers } from './schemas.ts';
import { scopeRef } from './scope-ref.ts';

const tags = ['automations'];

export const draft = z.strictObject({ scope, event: eventSchema }).meta({ id: 'AutomationDraft' });

const subject = z.strictObject({
  run: z.string().optional().describe('entity/project/run id'),
  version: z.string().optional().describe('entity/project/collection:v3'),
});

/** What automations say of things, and why. */
export const explanations: RestResource = (app, { ground, explain }) => {
  app.post(
    '/entities/:entity/automations/test-filters',
    {
      schema: {
        tags,
        summary: 'Test the filter of an automation, saved or not, on the newest things of its scope',
        description:
          'Runs for run events, as they are now; versions, aliases or tags for artifact events, as if you had just caused the event. Changes nothing.',
        params: z.object({ entity: z.string() }),
        body: draft,
        response: answers(200, tested),
      },
    },
    async ({ viewer, params, body }) => {
      const entity = await requireEntity(ground, viewer, params.entity);
      const scope = await scopeRef(ground, viewer, entity, body.scope);
      const things = await testFilters(explain, viewer, { scope, event: body.event });
      return {
        matched: things.filter(({ matches }) => matches).length,
        things: things.map(({ kind, name, run, ...verdict }) => ({ kind, name, run, filter: toVerdict(verdict) })),
      };
    },
  );

  app.get(
    '/entities/:entity/automations/:automation/why-not',
    {
      schema: {
        tags,
        summary: 'Why did it not fire? For one run or one version',
        description:
          'Answered from what is stored, within a bounded time: of a metric with very many values not all may be looked at.',
        params: ofAutomation,
        querystring: subject,
        response: answers(200, whyNot),
      },
    },
    async ({ viewer, params, query }) => {
      const [stored, { project, name, version }] = await Promise.all([
        automationIn(ground, viewer, params),
        subjectOf(ground, viewer, query),
      ]);
      if (version === undefined) return toWhyNot(await whyNotForRun(explain, stored, project, name));
      return toWhyNot(await whyNotForVersion(explain, stored, project, { collection: name, index: version }));
    },
  );

  app.get(
    '/entities/:entity/automations/:automation/watched',
    {
      schema: {
        tags,
        summary: 'What does it watch right now? The newest runs in progress, and how it stands with each',
        description: 'None for automations that watch artifacts.',
        params: ofAutomation,
        response: answers(200, watched),
      },
    },
    async ({ viewer, params }) => {
      return toWatched(await watchedNow(explain, viewer, await automationIn(ground, viewer, params)));
    },
  );
};

const RUN = /^([^/]+)\/([^/]+)\/([^/]+)$/;
const VERSION = /^([^/]+)\/([^/]+)\/([^/:]+):v(\d{1,9})$/;

interface Subject {
  readonly project: ProjectPlace;
  /** Of the run, or of the collection. */
  readonly name: string;
  readonly version: number | undefined;
}

async function subjectOf(ground: Ground, viewer: Viewer, { run, version }: z.output<typeof subject>): Promise<Subject> {
  const path = run ?? version;
  if (path === undefined || (run !== undefined && version !== undefined)) {
    throw invalid('name one run or one version to ask about', 'run');
  }
  const [, entity, projectName, name, index] = (run === undefined ? VERSION : RUN).exec(path) ?? [];
  if (entity === undefined || projectName === undefined || name === undefined) {
    throw run === undefined
      ? invalid('version must be entity/project/collection:v3', 'version')
      : invalid('run must be entity/project/run id', 'run');
  }
  const project = await findProject(ground, viewer, entity, projectName);
  if (project === undefined) throw notFound(`project '${entity}/${projectName}' not found`);
  return { project, name, version: index === undefined ? undefined : Number(index) };
}
