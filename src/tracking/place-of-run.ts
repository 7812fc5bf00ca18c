import { notFound } from '../model/error.ts';
import type { Ground } from '../store/ground.ts';
import type { ProjectPlace } from '../store/projects.ts';
import { projectById } from '../store/projects.ts';
import type { RunKey } from '../store/run-heads.ts';
import { projectOfRun } from '../store/run-views.ts';

/** The project of a run, also of a removed one. Nobody was asked yet whether they may know. @throws TriplineError not_found */
export async function placeOfRun(ground: Ground, key: RunKey): Promise<ProjectPlace> {
  const projectId = await projectOfRun(ground.database, key);
  const project = projectId === undefined ? undefined : await projectById(ground.database, projectId);
  if (project === undefined) throw notFound('run not found');
  return project;
}
