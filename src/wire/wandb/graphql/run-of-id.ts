import type { Deed } from '../../../access/deeds.ts';
import { demand } from '../../../access/demand.ts';
import { findProjectById } from '../../../directory/find-project.ts';
import { notFound } from '../../../model/error.ts';
import type { RunId, TenantId } from '../../../model/ids.ts';
import { parseLargeNodeId } from '../../../model/wire-id.ts';
import type { RunKey } from '../../../store/run-heads.ts';
import { projectOfRun, type RunView, runViewByKey } from '../../../store/run-views.ts';
import type { GraphqlContext } from './context.ts';

/**
 * The run that a storage id names, for a viewer who may do a deed to it.
 *
 * @throws TriplineError not_found, also when the run is hidden from the viewer; forbidden
 */
export async function requireRun(context: GraphqlContext, id: string, deed: Deed): Promise<RunKey> {
  const parsed = parseLargeNodeId<TenantId, RunId>('Run', id);
  const key = parsed === undefined ? undefined : { tenantId: parsed.tenantId, runId: parsed.id };
  const projectId = key === undefined ? undefined : await projectOfRun(context.ground.database, key);
  const project =
    projectId === undefined ? undefined : await findProjectById(context.ground, context.viewer, projectId);
  if (key === undefined || project === undefined) throw notFound(`run with id '${id}' not found`);
  demand(context.viewer, deed, project, `run with id '${id}'`);
  return key;
}

/** The run as the type `Run` resolves it. @throws TriplineError not_found when it was deleted meanwhile */
export async function runSource(context: GraphqlContext, key: RunKey): Promise<RunView> {
  const run = await runViewByKey(context.ground.database, key);
  if (run === undefined) throw notFound('run not found: it may have been deleted');
  return run;
}
