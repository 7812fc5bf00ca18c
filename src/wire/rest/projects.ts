import { z } from 'zod';
import { DEEDS } from '../../access/deeds.ts';
import { permits } from '../../access/permits.ts';
import { findProject } from '../../directory/find-project.ts';
import { notFound } from '../../model/error.ts';
import type { Viewer } from '../../model/viewer.ts';
import type { Ground } from '../../store/ground.ts';
import type { ProjectPlace } from '../../store/projects.ts';
import type { RestResource } from './app.ts';
import { projectDetails, toProject } from './entity-schemas.ts';
import { answers } from './schemas.ts';

export const ofProject = z.object({ entity: z.string(), project: z.string() });

/** Single projects; entities list them. */
export const projects: RestResource = (app, { ground }) => {
  app.get(
    '/entities/:entity/projects/:project',
    {
      schema: {
        tags: ['projects'],
        summary: 'Read a project, and what you may do there',
        params: ofProject,
        response: answers(200, projectDetails),
      },
    },
    async ({ viewer, params }) => {
      const place = await requireProject(ground, viewer, params);
      return { ...toProject(place), may: DEEDS.filter((deed) => permits(viewer, deed, place)) };
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
