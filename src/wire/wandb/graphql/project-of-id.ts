import { findProjectById } from '../../../directory/find-project.ts';
import { notFound } from '../../../model/error.ts';
import type { ProjectId } from '../../../model/ids.ts';
import { parseNodeId } from '../../../model/wire-id.ts';
import type { ProjectPlace } from '../../../store/projects.ts';
import type { GraphqlContext } from './context.ts';

/** The project of a node id, if the viewer may see it. @throws TriplineError not_found */
export async function projectOfId(text: string, { ground, viewer }: GraphqlContext): Promise<ProjectPlace> {
  const id = parseNodeId<ProjectId>(['Project', 'ProjectInternalId'], text);
  const project = id === undefined ? undefined : await findProjectById(ground, viewer, id);
  if (project === undefined) throw notFound(`project with id '${text}' not found`);
  return project;
}
