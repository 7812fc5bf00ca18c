import type { Instant } from '../model/clock.ts';
import type { ExecutionKey } from '../model/execution-id.ts';
import { madeAt } from '../model/large-id.ts';
import type { ExecutionFilter } from '../store/execution-filter.ts';
import { type ListedExecution, listedExecutions } from '../store/execution-reads.ts';
import { type FoundKey, walkExecutions } from '../store/execution-walk.ts';
import type { Ground } from '../store/ground.ts';
import { BUDGET_MS } from './find-executions.ts';

/** What executions can be sorted by besides their time, with where a walk reads it. */
const SORT_KEYS = {
  started: 'found.started_at',
  ended: 'found.ended_at',
  status: 'found.status',
  automation: 'automation.name',
  event: 'found.event_type',
  action: 'found.action_type',
  project: 'project.name',
  author: 'found.author',
} as const;

export type ExecutionSort = keyof typeof SORT_KEYS;

export const EXECUTION_SORTS = Object.keys(SORT_KEYS) as readonly ExecutionSort[];

/** The newest matches that an order other than that of time holds for (data model, section 8). */
const MOST_SORTED = 10_000;

/** Where a later page begins, and which executions the first one sorted: later pages sort the same. */
export interface SortedPlace {
  readonly key: ExecutionKey;
  readonly sortKey: FoundKey['sortKey'];
  readonly from: Instant;
  readonly to: Instant;
}

export interface SortedQuery {
  readonly sort: ExecutionSort;
  readonly descending: boolean;
  readonly after: SortedPlace | null;
  readonly limit: number;
}

export interface SortedPage {
  readonly items: readonly ListedExecution[];
  readonly next: SortedPlace | null;
  /** The order holds among executions from then on: older ones were not looked at; `null` when it holds among all. */
  readonly searchedTo: Instant | null;
}

/**
 * Sorts the newest {@link MOST_SORTED} matches, or those that the budget reaches. Executions without the value that is
 * sorted by come last.
 */
export async function sortExecutions(
  { database, clock }: Pick<Ground, 'database' | 'clock'>,
  filter: ExecutionFilter,
  query: SortedQuery,
): Promise<SortedPage> {
  const { after, sort, limit } = query;
  const bounds = after ?? { from: filter.from ?? 0, to: filter.to ?? clock.now() };
  const { found, searchedTo } = await gather(database, { ...filter, from: bounds.from, to: bounds.to }, sort);
  const compare = inOrder(query);
  const later = after === null ? found : found.filter((each) => compare(each, placed(after)) > 0);
  const page = later.toSorted(compare).slice(0, limit);
  const last = page.at(-1);
  const from = searchedTo ?? bounds.from;
  const next =
    last !== undefined && later.length > limit ? { key: last, sortKey: last.sortKey, from, to: bounds.to } : null;
  // what the first page did not look at, no page does
  const told = after === null ? searchedTo : (searchedTo ?? (after.from > (filter.from ?? 0) ? after.from : null));
  return { items: await listedExecutions(database, page), next, searchedTo: told };
}

const placed = ({ key, sortKey }: SortedPlace): FoundKey => ({ ...key, sortKey });

async function gather(database: Ground['database'], filter: ExecutionFilter, sort: ExecutionSort) {
  const begun = performance.now();
  const found: FoundKey[] = [];
  const start = { after: null, wanted: MOST_SORTED, sortKey: SORT_KEYS[sort] };
  for await (const step of walkExecutions(database, filter, start)) {
    found.push(...step.found);
    const isEnough = found.length >= MOST_SORTED || performance.now() - begun > BUDGET_MS;
    if (isEnough && !step.isEnd && step.reached !== null) return { found, searchedTo: madeAt(step.reached.eventId) };
  }
  return { found, searchedTo: null };
}

/** Ties of the value by time, newest first. */
function inOrder({ descending }: Pick<SortedQuery, 'descending'>): (one: FoundKey, other: FoundKey) => number {
  return (one, other) => byValue(one.sortKey, other.sortKey, descending) || newestFirst(one, other);
}

function byValue(one: FoundKey['sortKey'], other: FoundKey['sortKey'], descending: boolean): number {
  if (one === other) return 0;
  if (one === null) return 1;
  if (other === null) return -1;
  return one < other === descending ? 1 : -1;
}

function newestFirst(one: ExecutionKey, other: ExecutionKey): number {
  return (
    compareIds(other.eventId, one.eventId) ||
    compareIds(other.tenantId, one.tenantId) ||
    compareIds(other.automationId, one.automationId) ||
    other.ask - one.ask
  );
}

/** Decimal numbers without leading zeros: the longer is the larger. */
function compareIds(one: string, other: string): number {
  return one.length - other.length || (one < other ? -1 : one > other ? 1 : 0);
}
