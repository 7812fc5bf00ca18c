import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query';
import { call } from '../../../lib/api/call.ts';
import { type Automation, getAutomations } from '../../../lib/api/generated.ts';
import { unlessLive } from '../../../lib/live/state.ts';
import { ARTIFACT_EVENTS, type AutomationSearch, queryOf } from './automation-search.ts';

/** How often a list is looked at again where nobody tells of changes. */
const EVERY_MS = 10_000;
const MOST_NAMES = 200;

/** What every list of automations is kept under. */
export const AUTOMATIONS = ['automations'] as const;
export const AUTOMATION_PAGES = [...AUTOMATIONS, 'pages'] as const;

export interface AutomationPage {
  readonly items: Automation[];
  readonly nextCursor: string | null;
}

/** Automations that one may see, page by page. @param within only what watches this project, `ENTITY/PROJECT` */
export const automationsQuery = (search: AutomationSearch, within?: string) =>
  infiniteQueryOptions({
    queryKey: [...AUTOMATION_PAGES, within, search],
    meta: { live: ['automation', 'execution'] },
    queryFn: ({ pageParam: cursor, signal }): Promise<AutomationPage> =>
      call(getAutomations, { query: { ...queryOf(search, within), cursor }, signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ nextCursor }) => nextCursor,
    select: ({ pages }) => pages.flatMap(({ items }) => items),
    placeholderData: keepPreviousData,
    refetchInterval: () => unlessLive(EVERY_MS),
  });

/** The automations of artifact events that watch a collection, `ENTITY/PROJECT/COLLECTION`. */
export const coveringQuery = (collection: string) =>
  infiniteQueryOptions({
    queryKey: [...AUTOMATION_PAGES, 'covering', collection],
    meta: { live: ['automation', 'execution'] },
    queryFn: ({ pageParam: cursor, signal }): Promise<AutomationPage> =>
      call(getAutomations, { query: { collection: [collection], event: ARTIFACT_EVENTS, cursor }, signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ nextCursor }) => nextCursor,
    select: ({ pages }) => pages.flatMap(({ items }) => items),
    refetchInterval: () => unlessLive(EVERY_MS),
  });

/** Names of automations of an entity, to choose among: the first ones, where there are very many. */
export const automationNamesQuery = (entity: string, project?: string) =>
  queryOptions({
    queryKey: [...AUTOMATIONS, 'names', entity, project],
    meta: { live: ['automation'] },
    queryFn: ({ signal }) => {
      const place = project === undefined ? { entity: [entity] } : { project: [`${entity}/${project}`] };
      return call(getAutomations, { query: { ...place, limit: MOST_NAMES }, signal });
    },
    select: ({ items }) => items.map(({ name }) => name),
  });

export type { Automation };
