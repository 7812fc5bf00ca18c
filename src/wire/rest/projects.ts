import { z } from 'zod';
import { permits } from '../../access/permits.ts';
import { findProject } from '../../directory/find-project.ts';
import { notFound } from '../../model/error.ts';
import type { Viewer } from '../../model/viewer.ts';
import type { Ground } from '../../store/ground.ts';
import type { ProjectPlace } from '../../store/projects.ts';
import type { RestResource } from './app.ts';
import { project, toProject } from './entity-schemas.ts';
import { answers } from './schemas.ts';

export const ofProject = z.object({ entity: z.string(), project: z.string() });

const projectDetails = project
  .extend({ mayAutomate: z.boolean().describe('whether you may create automations in it') })
  .meta({ id: 'ProjectDetails' });

/** Single projects; entities list them. */
export const projects: RestResource = (app, { ground }) => {
  app.get(
    '/entities/:entity/projects/:project',
    {
      schema: {
        tags: ['projects'],
        summary: 'Read a project',
        params: ofProject,
        response: answers(200, projectDetails),
      },
    },
    async ({ viewer, params }) => {
      const found = await requireProject(ground, viewer, params);
      return { ...toProject(found), mayAutomate: permits(viewer, 'edit_automation', found) };
    },
  );
};

/** A project that the viewer may see. @throws TriplineError not_found */
export async function requireProject(
  ground: Ground,
  viewer: Viewer,
  { entity, project: name }: z.output<typeof ofProject>,
): Promise<ProjectPlace> {
  const found = await findProject(ground, viewer, entity, name);
  if (found === undefined) throw notFound(`project '${entity}/${name}' not found`);
  return found;
}
