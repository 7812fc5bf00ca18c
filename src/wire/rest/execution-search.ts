import type { z } from 'zod';
import { placesUnder, seenAt } from '../../delivery/find-executions.ts';
import type { ExecutionPlace } from '../../delivery/place-of-execution.ts';
import { findProject } from '../../directory/find-project.ts';
import { invalid } from '../../model/error.ts';
import { type AutomationId, asId, type IntegrationId } from '../../model/ids.ts';
import type { Viewer } from '../../model/viewer.ts';
import {
  automationsDelivering,
  automationsSought,
  type FoundAutomation,
  type ScopeId,
} from '../../store/automations-sought.ts';
import type { ExecutionFilter, SearchedColumn } from '../../store/execution-filter.ts';
import type { Ground } from '../../store/ground.ts';
import type { ProjectPlace } from '../../store/projects.ts';
import { findRunKey } from '../../store/runs.ts';
import { unknownUsernames } from '../../store/users.ts';
import { findCollection, findVersion } from '../find-version.ts';
import type { executionFilter } from './execution-queries.ts';
import { timeRange } from './time-range.ts';

/** What executions are filtered by, as it was asked. */
export type ExecutionSearch = z.output<typeof executionFilter>;

/** A search whose names have been found: where it looks, and for what. */
export interface ResolvedSearch {
  readonly places: readonly ExecutionPlace[];
  readonly filter: ExecutionFilter;
}

/**
 * Finds everything that a filter names.
 *
 * @param entity one that the viewer may see
 * @throws TriplineError invalid for names of nothing that the viewer may see
 */
export async function resolveSearch(
  ground: Ground,
  viewer: Viewer,
  entity: ExecutionPlace,
  search: ExecutionSearch,
): Promise<ResolvedSearch> {
  const names = { ground, viewer, entity };
  const range = timeRange(search);
  const places = await placesUnder(ground, viewer, entity);
  const seen = seenAt(viewer, places);
  await refuseUnknownAuthors(ground, search);
  const [automations, projects, subjects, collections] = await Promise.all([
    soughtAutomations(names, seen, search),
    search.project && Promise.all(search.project.map((name) => projectNamed(names, name, 'project'))),
    soughtSubjects(names, search),
    search.collection && Promise.all(search.collection.map((name) => collectionNamed(names, name))),
  ]);
  const wanted: [SearchedColumn, readonly string[] | undefined][] = [
    ['automation_id', automations],
    ['status', search.status],
    ['event_type', search.event],
    ['action_type', search.action],
    ['author', search.author],
    ['project_id', projects?.map(({ id }) => id)],
    ['subject_id', subjects],
    ['collection_id', collections],
  ];
  return {
    places,
    filter: {
      seen,
      wanted: new Map(wanted.flatMap(([column, values]) => (values === undefined ? [] : [[column, values]]))),
      integrationId: search.integration === undefined ? null : asId<IntegrationId>(search.integration),
      reason: search.reason ?? null,
      ...range,
    },
  };
}

interface Names {
  readonly ground: Ground;
  readonly viewer: Viewer;
  readonly entity: ExecutionPlace;
}

async function refuseUnknownAuthors({ database }: Ground, { author }: ExecutionSearch): Promise<void> {
  const [unknown] = author === undefined ? [] : await unknownUsernames(database, author);
  if (unknown !== undefined) throw invalid(`no user is called '${unknown}'`, 'author');
}

/** Of all conditions on the automation together; `undefined` where there is none. */
async function soughtAutomations(
  names: Names,
  seen: ExecutionFilter['seen'],
  search: ExecutionSearch,
): Promise<AutomationId[] | undefined> {
  const { automation = null, search: text = null, scope, integration } = search;
  if (automation === null && text === null && scope === undefined && integration === undefined) return undefined;
  const { database } = names.ground;
  const scopes = scope === undefined ? null : await Promise.all(scope.map((each) => scopeNamed(names, each)));
  const sought = { rootId: names.entity.rootId, seen, called: automation, text, scopes };
  const found = await automationsSought(database, sought);
  await refuseUnknown(names, { ...sought, text: null, scopes: null }, found);
  if (integration === undefined) return found.map(({ id }) => id);
  const delivering = new Set(await automationsDelivering(database, asId<IntegrationId>(integration)));
  if (delivering.size === 0) throw invalid(`no automation ever delivered to ${integration}`, 'integration');
  return found.map(({ id }) => id).filter((id) => delivering.has(id));
}

async function refuseUnknown(
  { ground }: Names,
  sought: Parameters<typeof automationsSought>[1],
  matching: readonly FoundAutomation[],
): Promise<void> {
  const called = (found: readonly FoundAutomation[]) => new Set(found.flatMap(({ id, name }) => [id, name]));
  const missing = (found: readonly FoundAutomation[]) => sought.called?.find((each) => !called(found).has(each));
  if (missing(matching) === undefined) return;
  const unknown = missing(await automationsSought(ground.database, sought));
  if (unknown !== undefined) throw invalid(`there is no automation '${unknown}' that you may see`, 'automation');
}

/** `entity`, `project:cats`, `collection:cats/net`. */
async function scopeNamed(names: Names, text: string): Promise<ScopeId> {
  const [kind = '', name] = splitAt(text, ':');
  switch (kind) {
    case 'entity':
      return { kind, id: names.entity.id };
    case 'project':
      return { kind, id: (await projectNamed(names, name ?? '', 'scope')).id };
    case 'collection':
      return { kind, id: await collectionNamed(names, name ?? '', 'scope') };
    default:
      throw invalid(`scope '${text}' is not 'entity', 'project:NAME' or 'collection:PROJECT/NAME'`, 'scope');
  }
}

/** Of all conditions on the subject together; `undefined` where there is none. */
async function soughtSubjects(names: Names, { subject, run, version }: ExecutionSearch): Promise<string[] | undefined> {
  const conditions = await Promise.all([
    subject,
    run && Promise.all(run.map((name) => runNamed(names, name))),
    version && Promise.all(version.map((name) => versionNamed(names, name))),
  ]);
  const [first, ...others] = conditions.filter((ids) => ids !== undefined);
  return first?.filter((id) => others.every((ids) => ids.includes(id)));
}

async function runNamed(names: Names, path: string): Promise<string> {
  const { project, name } = await inProject(names, path, 'run');
  const { tenantId, id: projectId } = project;
  const key = await findRunKey(names.ground.database, { tenantId, projectId, name });
  if (key === undefined) throw invalid(`there is no run '${path}'`, 'run');
  return key.runId;
}

async function collectionNamed(names: Names, path: string, parameter = 'collection'): Promise<string> {
  const { project, name } = await inProject(names, path, parameter);
  const found = await findCollection(names.ground.database, project, name);
  if (found === undefined) throw invalid(`there is no collection '${path}'`, parameter);
  return found.collectionId;
}

async function versionNamed(names: Names, path: string): Promise<string> {
  const { project, name } = await inProject(names, path, 'version');
  const found = await findVersion(names.ground.database, project, name);
  if (found === undefined) throw invalid(`there is no version '${path}'`, 'version');
  return found.place.artifactId;
}

/** `cats/net`, or with the entity before: `vision/cats/net`. */
async function inProject(names: Names, path: string, parameter: string) {
  const [place, name] = splitAt(path, '/', 'last');
  if (name === undefined) throw invalid(`'${path}' is not written 'PROJECT/NAME'`, parameter);
  return { project: await projectNamed(names, place, parameter), name };
}

async function projectNamed({ ground, viewer, entity }: Names, path: string, parameter: string): Promise<ProjectPlace> {
  const [first, second] = splitAt(path, '/');
  const [owner, name] = second === undefined ? [entity.name, first] : [first, second];
  const project = await findProject(ground, viewer, owner, name);
  if (project?.rootId === entity.rootId) return project;
  throw invalid(`'${owner}' has no project '${name}' that you may see`, parameter);
}

function splitAt(text: string, mark: string, which: 'first' | 'last' = 'first'): [string, string | undefined] {
  const at = which === 'first' ? text.indexOf(mark) : text.lastIndexOf(mark);
  return at < 0 ? [text, undefined] : [text.slice(0, at), text.slice(at + 1)];
}
