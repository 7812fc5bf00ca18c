import { permits } from '../../access/permits.ts';
import { requireAutomation } from '../../automations/find-automation.ts';
import { findExecution, placesUnder } from '../../delivery/find-executions.ts';
import { findProject } from '../../directory/find-project.ts';
import { requireEntity } from '../../directory/require-entity.ts';
import type { Topic } from '../../model/change.ts';
import { invalid, notFound } from '../../model/error.ts';
import { type AutomationId, asId, type EntityId, type ProjectId, type RunId, type TenantId } from '../../model/ids.ts';
import type { Place, Viewer } from '../../model/viewer.ts';
import type { PlacedChange } from '../../store/change-places.ts';
import type { Ground } from '../../store/ground.ts';
import { findRunKey } from '../../store/runs.ts';

/** What a page asks to be told of. */
export interface Asked {
  readonly entity: readonly string[];
  readonly project?: string | undefined;
  readonly run?: string | undefined;
  readonly automation?: string | undefined;
  readonly execution?: string | undefined;
  /** Also when a client comes with a key of the viewer. */
  readonly clients: boolean;
}

/** What somebody who may see it listens to. */
export interface Subject {
  readonly topics: readonly Topic[];
  /** The entities that its topics are of, each with the organization above it. */
  readonly roots: ReadonlyMap<TenantId, EntityId>;
  /** Only what happens in it, and what is for all projects. */
  readonly projectId?: ProjectId;
  readonly runId?: RunId;
}

/**
 * Finds what is asked for.
 *
 * @throws TriplineError invalid when it does not go together; not_found for what the viewer may not see
 */
export async function findSubject(ground: Ground, viewer: Viewer, asked: Asked): Promise<Subject> {
  const [name] = asked.entity;
  const { project, run, automation, execution } = asked;
  if (run !== undefined && project === undefined) throw invalid('a run is named with its project', 'project');
  const isNarrow = [project, automation, execution].some((each) => each !== undefined);
  const found = isNarrow && name !== undefined ? await narrow(ground, viewer, name, asked) : undefined;
  const subject = found ?? (await entities(ground, viewer, asked.entity));
  return asked.clients ? { ...subject, topics: [...subject.topics, `user:${viewer.userId}`] } : subject;
}

async function entities(ground: Ground, viewer: Viewer, names: readonly string[]): Promise<Subject> {
  const found = await Promise.all(names.map((name) => requireEntity(ground, viewer, name)));
  const places = (await Promise.all(found.map((entity) => placesUnder(ground, viewer, entity)))).flat();
  const roots = new Map(places.map(({ tenantId, rootId }) => [tenantId, rootId]));
  return { topics: [...roots.keys()].map((tenantId) => `entity:${tenantId}` as const), roots };
}

async function narrow(ground: Ground, viewer: Viewer, entity: string, asked: Asked): Promise<Subject> {
  const { project, run, automation, execution } = asked;
  if (asked.entity.length > 1) throw invalid('something of one entity is named with that entity alone', 'entity');
  if ([project, automation, execution].filter((each) => each !== undefined).length > 1) {
    throw invalid('ask for a project, an automation or an execution: one connection tells of one', 'project');
  }
  if (project !== undefined) return ofProject(ground, viewer, { entity, project, run });
  if (automation !== undefined) {
    const { id, tenantId, rootId } = await requireAutomation(ground, viewer, asId<AutomationId>(automation));
    return { topics: [`automation:${id}`], roots: new Map([[tenantId, rootId]]) };
  }
  const owner = await requireEntity(ground, viewer, entity);
  const { place } = await findExecution(ground, viewer, owner, execution ?? '');
  return { topics: [`execution:${execution}`], roots: new Map([[place.tenantId, place.rootId]]) };
}

async function ofProject(
  ground: Ground,
  viewer: Viewer,
  { entity, project, run }: { readonly entity: string; readonly project: string; readonly run: string | undefined },
): Promise<Subject> {
  const found = await findProject(ground, viewer, entity, project);
  if (found === undefined) throw notFound(`project '${entity}/${project}' not found`);
  const { tenantId, rootId, id: projectId } = found;
  const roots = new Map([[tenantId, rootId]]);
  if (run === undefined) return { topics: [`entity:${tenantId}`, `project:${projectId}`], roots, projectId };
  const key = await findRunKey(ground.database, { tenantId, projectId, name: run });
  if (key === undefined) throw notFound(`run '${run}' not found`);
  // executions are told by entity: only their events know which run they are about
  return { topics: [`entity:${tenantId}`, `run:${key.runId}`], roots, projectId, runId: key.runId };
}

/** Pure: whether a viewer who listens to a subject is told of a change of one of its topics. */
export function isToldOf(viewer: Viewer, subject: Subject, { change, project, subjectId }: PlacedChange): boolean {
  if (change.kind === 'client') return change.userId === viewer.userId;
  const tenantId = change.kind === 'execution' ? change.key.tenantId : change.tenantId;
  if (!permits(viewer, 'see', project ?? entityPlace(subject, tenantId))) return false;
  if (subject.runId !== undefined) return subjectId === subject.runId;
  if (subject.projectId === undefined) return true;
  // automations of the whole entity watch every project of it
  return project === null ? change.kind === 'automation' : project.id === subject.projectId;
}

/** Events of an organization-wide automation lie with every entity below: all of one subject have one root then. */
function entityPlace({ roots }: Subject, tenantId: TenantId): Place {
  const [only = tenantId] = roots.values();
  return { tenantId, rootId: roots.get(tenantId) ?? only, visibility: undefined };
}
