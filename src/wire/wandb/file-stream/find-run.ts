import { denial } from '../../../access/denial.ts';
import { permits } from '../../../access/permits.ts';
import { findProject } from '../../../directory/find-project.ts';
import { notFound } from '../../../model/error.ts';
import type { Viewer } from '../../../model/viewer.ts';
import type { Ground } from '../../../store/ground.ts';
import type { ProjectPlace } from '../../../store/projects.ts';
import type { RunKey } from '../../../store/run-heads.ts';
import { findRunKey } from '../../../store/runs.ts';

/** Names of a run in a path. */
export interface RunPath {
  readonly entity: string;
  readonly project: string;
  readonly run: string;
}

/** Finds the run that a path names, for a viewer who may write to it. */
export type FindRun = (viewer: Viewer, path: RunPath) => Promise<RunKey>;

interface Entry {
  readonly project: ProjectPlace;
  readonly key: RunKey;
  readonly until: number;
}

/** Renames and moves of projects are seen after this time; a deleted run at once, since its head is gone. */
const VALID_MS = 10_000;
const MOST_ENTRIES = 50_000;

/** Looks runs up by name and remembers them for a moment: a run sends a request every few seconds. */
export function createRunFinder(ground: Ground): FindRun {
  const cache = new Map<string, Entry>();
  return async (viewer, path) => {
    const id = JSON.stringify(path);
    const known = cache.get(id);
    const entry = known !== undefined && performance.now() < known.until ? known : await lookUp(ground, viewer, path);
    if (!permits(viewer, 'see', entry.project)) throw unknownRun(path);
    if (!permits(viewer, 'log', entry.project)) throw denial('log', entry.project);
    if (entry !== known) {
      if (cache.size >= MOST_ENTRIES) cache.clear();
      cache.set(id, entry);
    }
    return entry.key;
  };
}

async function lookUp(ground: Ground, viewer: Viewer, path: RunPath): Promise<Entry> {
  const project = await findProject(ground, viewer, path.entity, path.project);
  const key =
    project === undefined
      ? undefined
      : await findRunKey(ground.database, { tenantId: project.tenantId, projectId: project.id, name: path.run });
  if (project === undefined || key === undefined) throw unknownRun(path);
  return { project, key, until: performance.now() + VALID_MS };
}

function unknownRun(path: RunPath) {
  return notFound(
    `run ${path.entity}/${path.project}/${path.run} not found: it was never started here, or was deleted`,
  );
}
