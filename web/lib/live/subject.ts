/** What a page shows, and wants to be told of: its parameters are those of `GET /api/v1/live`. */
export interface LiveSubject {
  /** Several, or the one of what is named below. */
  readonly entities: readonly string[];
  readonly project?: string;
  /** Id of a run of the project. */
  readonly run?: string;
  readonly automation?: string;
  readonly execution?: string;
  /** Also when a client comes with a key of the viewer. */
  readonly clients?: boolean;
}

/** More are not told of by one connection. */
const MOST_ENTITIES = 100;

/** The address at which one listens to a subject; `undefined` for a page of nothing. */
export function liveAddress({ entities, clients = false, ...narrow }: LiveSubject): string | undefined {
  if (entities.length === 0) return undefined;
  const query = new URLSearchParams(entities.slice(0, MOST_ENTITIES).map((name) => ['entity', name]));
  for (const [name, value] of Object.entries(narrow)) if (value !== undefined) query.set(name, value);
  if (clients) query.set('clients', 'true');
  return `/api/v1/live?${query}`;
}
