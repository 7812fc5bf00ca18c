import { demand } from '../../../access/demand.ts';
import { findProject } from '../../../directory/find-project.ts';
import { notFound } from '../../../model/error.ts';
import type { ProjectPlace } from '../../../store/projects.ts';
import type { RunKey } from '../../../store/run-heads.ts';
import { findRunKey } from '../../../store/runs.ts';
import type { GraphqlContext } from './context.ts';

export interface NamedProject {
  readonly entityName: string;
  readonly projectName: string;
}

export interface NamedRun extends NamedProject {
  readonly runName: string;
}

/** A project that the viewer may log to. @throws TriplineError not_found, forbidden */
export async function requireNamedProject(
  { ground, viewer }: GraphqlContext,
  { entityName, projectName }: NamedProject,
): Promise<ProjectPlace> {
  const thing = `project ${entityName}/${projectName}`;
  const project = await findProject(ground, viewer, entityName, projectName);
  if (project === undefined) throw notFound(`${thing} not found`);
  demand(viewer, 'log', project, thing);
  return project;
}

/** A run that the viewer may log to. @throws TriplineError not_found, forbidden */
export async function requireNamedRun(context: GraphqlContext, named: NamedRun): Promise<RunKey> {
  return requireRunOf(context, await requireNamedProject(context, named), named.runName);
}

/** The run of a project. @throws TriplineError not_found */
export async function requireRunOf({ ground }: GraphqlContext, project: ProjectPlace, name: string): Promise<RunKey> {
  const run = await findRunKey(ground.database, { tenantId: project.tenantId, projectId: project.id, name });
  if (run === undefined) throw notFound(`run ${project.entityName}/${project.name}/${name} not found`);
  return run;
}
