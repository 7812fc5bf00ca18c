import { z } from 'zod';
import { demand } from '../../access/demand.ts';
import { notFound } from '../../model/error.ts';
import type { Viewer } from '../../model/viewer.ts';
import type { Ground } from '../../store/ground.ts';
import { type RunView, runViewByName } from '../../store/run-views.ts';
import { ofProject, requireProject } from './projects.ts';

export const ofRun = z.object({ ...ofProject.shape, run: z.string() });

/** A living run that the viewer may see. @throws TriplineError not_found */
export async function requireRun(ground: Ground, viewer: Viewer, params: z.output<typeof ofRun>): Promise<RunView> {
  const { tenantId, id: projectId } = await requireProject(ground, viewer, params);
  const view = await runViewByName(ground.database, { tenantId, projectId, name: params.run });
  if (view === undefined) throw notFound(`run '${params.run}' not found`);
  return view;
}

/** A living run that the viewer may change. @throws TriplineError not_found, forbidden */
export async function requireRunToWrite(
  ground: Ground,
  viewer: Viewer,
  params: z.output<typeof ofRun>,
): Promise<RunView> {
  demand(viewer, 'log', await requireProject(ground, viewer, params), `run '${params.run}'`);
  return requireRun(ground, viewer, params);
}
