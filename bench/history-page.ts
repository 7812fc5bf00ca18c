import { findExecutions } from '../src/delivery/find-executions.ts';
import { type ExecutionSort, sortExecutions } from '../src/delivery/sort-executions.ts';
import type { TenantId } from '../src/model/ids.ts';
import { VISIBILITIES } from '../src/model/viewer.ts';
import { type AutomationFilter, type AutomationSort, searchAutomations } from '../src/store/automation-search.ts';
import type { Database } from '../src/store/database.ts';
import { teamsOf } from '../src/store/entities.ts';
import type { ExecutionFilter, SearchedColumn } from '../src/store/execution-filter.ts';
import { lastExecutions } from '../src/store/last-executions.ts';
import { recentExecutions } from '../src/store/recent-executions.ts';
import { withDatabase } from '../test/support/databases.ts';
import type { Bench } from './bench.ts';
import { atMost, ms, round, say, title } from './report.ts';
import { type SeededHistory, seedHistory } from './seeded-history.ts';

/** Of any page by any single filter. */
const AIM_MS = 300;
const LIMIT = 50;
const TURNS = 5;
const HOUR_MS = 3_600_000;

type Wanted = Readonly<Partial<Record<SearchedColumn, readonly string[]>>>;

interface Found {
  readonly items: readonly unknown[];
  readonly searchedTo: number | null;
}

/**
 * A page of the history of executions, newest first, by each filter alone, by some together, and sorted, in a database
 * that holds as many as `--executions` says.
 */
export async function measureHistoryPage({ database: name, executions }: Bench): Promise<void> {
  await withDatabase(name, async (database) => {
    const now = Date.now();
    const begun = performance.now();
    const history = await seedHistory(database, executions, now);
    title(
      `a page of ${LIMIT} of ${round(executions)} executions, half of them of one team, made in ${round((performance.now() - begun) / 1000)} s`,
    );
    await pages(database, history, now);
  });
}

async function pages(database: Database, history: SeededHistory, now: number): Promise<void> {
  const { organization, team, automations, projects } = history;
  const teams = (await teamsOf(database, organization)).map(({ id }) => id);
  const page = (label: string, wanted: Wanted, more: Partial<ExecutionFilter> = {}) =>
    measure(label, () =>
      findExecutions(
        { database },
        { ...filterOf([team], wanted), ...more },
        { after: null, limit: LIMIT, oldestFirst: false },
      ),
    );
  await page('no filter', {});
  await page('no filter, of a member who does not see every project', {}, { seen: seenBy([team], ['Open', 'Team']) });
  await page('the whole organization', {}, { seen: seenBy([organization, ...teams], VISIBILITIES) });
  await page('one automation', { automation_id: automations.slice(0, 1) });
  await page('200 automations by name', { automation_id: automations.slice(0, 200) });
  await page('3,000 automations by name', { automation_id: automations });
  await page('failed', { status: ['failed'] });
  await page('cancelled: one in 100,000', { status: ['cancelled'] });
  await page('finished', { status: ['finished'] });
  await page('an event type that is rare', { event_type: ['UNLINK_ARTIFACT'] });
  await page('an action type that is rare', { action_type: ['NOTIFICATION'] });
  await page('an action type that nobody uses', { action_type: ['NO_OP'] });
  await page('an author', { author: ['author-2'] });
  await page('an author who is rare', { author: ['rare'] });
  await page('a project', { project_id: projects.slice(3, 4) });
  await page('a run', { subject_id: ['100'] });
  await page('a reason that there is not', {}, { reason: 'http_404' });
  await page('an hour two months ago', {}, { from: now - 1440 * HOUR_MS, to: now - 1439 * HOUR_MS });
  await page('3,000 automations, cancelled', { automation_id: automations, status: ['cancelled'] });
  await page('3,000 automations, and nothing matches', { automation_id: automations, event_type: ['LINK_MODEL'] });
  await page('three that are jointly empty', {
    author: ['author-1'],
    status: ['cancelled'],
    event_type: ['RUN_STATE'],
  });
  for (const sort of ['automation', 'ended', 'status'] satisfies ExecutionSort[]) {
    const query = { sort, descending: true, after: null, limit: LIMIT };
    const clock = { now: () => now };
    await measure(`sorted by ${sort}`, () => sortExecutions({ database, clock }, filterOf([team], {}), query));
  }
  await automationLists(database, team, now);
}

/** A page of the list of automations, with what it tells of their executions. */
async function automationLists(database: Database, team: TenantId, now: number): Promise<void> {
  const seen = seenBy([team], VISIBILITIES).map((each) => ({ ...each, withEntity: true }));
  const list = (label: string, sort: AutomationSort, more: Omit<AutomationFilter, 'seen'> = {}) =>
    measure(label, async () => {
      const page = { sort, descending: sort !== 'name', after: null, limit: LIMIT, now };
      const items = await searchAutomations(database, { seen, ...more }, page);
      const ids = items.map(({ id }) => id);
      await Promise.all([lastExecutions(database, ids), recentExecutions(database, ids, now)]);
      return { items, searchedTo: null };
    });
  await list('3,000 automations listed by name', 'name');
  await list('by their last execution', 'last_execution');
  await list('by their failures in 24 hours', 'failures');
  await list('those whose last execution failed', 'name', { last: ['failed'] });
  await list('those whose name has a text', 'name', { text: 'automation 29' });
}

async function measure(label: string, read: () => Promise<Found>): Promise<void> {
  let longest = 0;
  let found: Found | undefined;
  // the first turn plans and reads from disk; that happens to people too
  for (let turn = 0; turn < TURNS; turn += 1) {
    const begun = performance.now();
    found = await read();
    longest = Math.max(longest, performance.now() - begun);
  }
  const back = found?.searchedTo == null ? '' : `, searched back to ${new Date(found.searchedTo).toISOString()}`;
  say(label, ms(longest), { aim: atMost(longest, AIM_MS, ms), note: `${found?.items.length ?? 0} found${back}` });
}

function filterOf(tenants: readonly TenantId[], wanted: Wanted): ExecutionFilter {
  const entries = Object.entries(wanted) as [SearchedColumn, readonly string[]][];
  const none = { integrationId: null, reason: null, from: null, to: null };
  return { ...none, seen: seenBy(tenants, VISIBILITIES), wanted: new Map(entries) };
}

function seenBy(
  tenants: readonly TenantId[],
  visibilities: ExecutionFilter['seen'][number]['visibilities'],
): ExecutionFilter['seen'] {
  return tenants.map((tenantId) => ({ tenantId, visibilities, registries: [] }));
}
