import { demand } from '../access/demand.ts';
import { notFound } from '../model/error.ts';
import type { FileId, RunId, TenantId } from '../model/ids.ts';
import type { Viewer } from '../model/viewer.ts';
import { recordDeed } from '../store/audit.ts';
import type { Transaction } from '../store/database.ts';
import { projectById } from '../store/projects.ts';
import { type FileOwner, ownersOfFiles, removeFiles } from '../store/run-files.ts';
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
  const released = await ground.database.transaction(async (tx) => {
    const removed = await removeFiles(tx, tenantId, fileIds);
    for (const files of byRun(owners)) await recordDeletion(ground, tx, viewer, tenantId, files);
    return removed;
  });
  await removeContent(
    ground,
    tenantId,
    released.map(({ blob }) => blob),
  );
}

type OfOneRun = readonly [FileOwner, ...FileOwner[]];

function byRun(owners: readonly FileOwner[]): OfOneRun[] {
  const runs = new Map<RunId, [FileOwner, ...FileOwner[]]>();
  for (const owner of owners) {
    const known = runs.get(owner.runId);
    if (known === undefined) runs.set(owner.runId, [owner]);
    else known.push(owner);
  }
  return [...runs.values()];
}

/** Names that an entry of the audit log tells; of more it tells how many there were. */
const MOST_TOLD = 100;

async function recordDeletion(
  { clock }: FileGround,
  tx: Transaction,
  viewer: Viewer,
  tenantId: TenantId,
  files: OfOneRun,
): Promise<void> {
  const [{ runId, runName }] = files;
  const names = files.map(({ fileName }) => fileName).toSorted();
  await recordDeed(tx, viewer, {
    now: clock.now(),
    tenantId,
    deed: 'run.files_deleted',
    subject: { kind: 'run', id: runId, name: runName },
    before: { files: names.slice(0, MOST_TOLD), count: names.length },
  });
}
