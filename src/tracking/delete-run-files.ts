import { demand } from '../access/demand.ts';
import { notFound } from '../model/error.ts';
import type { FileId, TenantId } from '../model/ids.ts';
import type { Viewer } from '../model/viewer.ts';
import { projectById } from '../store/projects.ts';
import { ownersOfFiles, removeFiles } from '../store/run-files.ts';
import type { FileGround } from './file-ground.ts';
import { removeContent } from './remove-content.ts';

/**
 * Removes files of runs of one tenant, all or none.
 *
 * @throws TriplineError not_found when one of them is unknown or hidden, forbidden
 */
export async function deleteRunFiles(
  ground: FileGround,
  viewer: Viewer,
  tenantId: TenantId,
  fileIds: readonly FileId[],
): Promise<void> {
  const owners = await ownersOfFiles(ground.database, tenantId, fileIds);
  if (owners.length < new Set(fileIds).size) throw notFound('file not found');
  for (const projectId of new Set(owners.map((owner) => owner.projectId))) {
    const project = await projectById(ground.database, projectId);
    if (project === undefined) throw notFound('file not found');
    demand(viewer, 'log', project, 'file');
  }
  const released = await removeFiles(ground.database, tenantId, fileIds);
  await removeContent(
    ground,
    tenantId,
    released.map(({ blob }) => blob),
  );
}
