import { keepPreviousData, queryOptions, skipToken } from '@tanstack/react-query';
import { call } from '../../../lib/api/call.ts';
import {
  getEntityProjectArtifacts,
  getEntityProjectArtifactVersions,
  getEntityProjectRuns,
  getEntityProjects,
} from '../../../lib/api/generated.ts';

/** A text to choose, with what tells it from others. */
export interface Suggestion {
  readonly text: string;
  readonly note: string;
}

type Ask = (signal: AbortSignal) => Promise<readonly Suggestion[]>;

/** As many as one looks through. */
const limit = 20;

/** Projects of an entity, registries among them, by a part of their name. */
export const projectSuggestions = (entity: string, search: string) =>
  suggestions(['projects', entity, search], (signal) => projects(entity, search, signal));

/** Artifact collections of a project or registry, by a part of their name. */
export const collectionSuggestions = (entity: string, project: string, search: string) =>
  suggestions(
    ['collections', entity, project, search],
    project === '' ? undefined : (signal) => collections({ entity, project }, search, signal),
  );

/** How a path to a run, or to a version, may go on. */
export const pathSuggestions = (kind: 'run' | 'version', path: string) => suggestions([kind, path], askFor(kind, path));

export type SuggestionsQuery = ReturnType<typeof suggestions>;

/** What cannot be read suggests nothing: the field takes any text. */
function suggestions(key: readonly string[], ask: Ask | undefined) {
  return queryOptions({
    queryKey: ['suggestions', ...key],
    queryFn: ask === undefined ? skipToken : ({ signal }) => ask(signal),
    placeholderData: keepPreviousData,
    staleTime: 30_000,
    retry: false,
  });
}

function askFor(kind: 'run' | 'version', path: string): Ask | undefined {
  const [entity = '', project, name, ...more] = path.split('/');
  if (entity === '' || project === undefined || more.length > 0) return undefined;
  if (name === undefined) return under(`${entity}/`, '/', (signal) => projects(entity, project, signal));
  const place = { entity, project };
  const above = `${entity}/${project}/`;
  if (kind === 'run') return under(above, '', (signal) => runs(place, name, signal));
  const colon = name.lastIndexOf(':');
  if (colon < 0) return under(above, ':', (signal) => collections(place, name, signal));
  const collection = name.slice(0, colon);
  const search = name.slice(colon + 1);
  return under(`${above}${collection}:`, '', (signal) => versions({ ...place, collection }, search, signal));
}

/** The same texts within a path. */
function under(before: string, after: string, ask: Ask): Ask {
  return async (signal) => (await ask(signal)).map(({ text, note }) => ({ text: before + text + after, note }));
}

async function projects(entity: string, search: string, signal: AbortSignal): Promise<Suggestion[]> {
  const query = { search: search || undefined, limit };
  const { items } = await call(getEntityProjects, { params: { entity }, query, signal });
  return items.map(({ name, registry }) => ({ text: name, note: registry === null ? '' : 'registry' }));
}

interface Place {
  readonly entity: string;
  readonly project: string;
}

async function collections(params: Place, search: string, signal: AbortSignal): Promise<Suggestion[]> {
  const query = { search: search || undefined, limit };
  const { items } = await call(getEntityProjectArtifacts, { params, query, signal });
  return items.map(({ name, type }) => ({ text: name, note: type }));
}

async function runs(params: Place, search: string, signal: AbortSignal): Promise<Suggestion[]> {
  const query = { search: search || undefined, limit };
  const { items } = await call(getEntityProjectRuns, { params, query, signal });
  return items.map(({ id, name }) => ({ text: id, note: name }));
}

async function versions(
  params: Place & { readonly collection: string },
  search: string,
  signal: AbortSignal,
): Promise<Suggestion[]> {
  const query = { search: search || undefined, limit };
  const { items } = await call(getEntityProjectArtifactVersions, { params, query, signal });
  return items.map(({ version, aliases }) => ({ text: version, note: aliases.join(', ') }));
}
