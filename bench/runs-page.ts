import { LISTED_RUN_FIELDS } from '../src/events/run-fields.ts';
import type { Field } from '../src/filter/catalogue.ts';
import type { JsonObject } from '../src/model/json.ts';
import type { Database } from '../src/store/database.ts';
import { groupRuns, measureRuns } from '../src/store/run-groups.ts';
import { newestTrees } from '../src/store/run-keys.ts';
import { countRunsWithin, type RunListing, searchRuns } from '../src/store/run-queries.ts';
import { runValues } from '../src/store/run-values.ts';
import { parseRunFilters, parseRunOrder } from '../src/wire/run-listing.ts';
import { withDatabase } from '../test/support/databases.ts';
import type { Bench } from './bench.ts';
import { atMost, ms, round, say, title } from './report.ts';
import { KEYS, seedProject } from './seeded-project.ts';

/** Of any page by any single filter, order or grouping. */
const AIM_MS = 300;
const LIMIT = 50;
const TURNS = 5;
/** As the API gives a filter that is more than SQL can say. */
const BUDGET_MS = 150;

/** Columns that a page shows: more than fit on a screen. */
const COLUMNS = ['config.param_4', 'config.param_2', 'config.param_3.lr', 'summary.metric/1', 'summary.metric/2'];

/**
 * A page of the runs of one project, with the values of some columns: by each kind of filter alone, in each kind of
 * order, and grouped, in a project that holds as many runs as `--project-runs` says.
 */
export async function measureRunsPage({ database: name, projectRuns }: Bench): Promise<void> {
  await withDatabase(name, async (database) => {
    const begun = performance.now();
    const place = await seedProject(database, projectRuns, Date.now());
    title(
      `a page of ${LIMIT} of ${round(projectRuns)} runs of one project with ${KEYS} keys in each config and summary, made in ${round((performance.now() - begun) / 1000)} s`,
    );
    const listing: RunListing = { ...place, filter: undefined };
    await pages(database, listing);
    await orders(database, listing);
    await groups(database, listing);
    await measure('the keys that there are', () => newestTrees(database, { ...place, limit: 500 }));
  });
}

async function pages(database: Database, listing: RunListing): Promise<void> {
  const filtered = (label: string, filter: JsonObject) =>
    page(database, label, { ...listing, filter: parseRunFilters(JSON.stringify(filter)) });
  await page(database, 'no filter', listing);
  await page(database, 'a part of many names', { ...listing, search: 'run-77' });
  await page(database, 'a part of no name', { ...listing, search: 'nobody' });
  await filtered('a state that is rare', { state: 'running' });
  await filtered('a tag that is rare', { tags: 'rare' });
  await filtered('a group', { group: 'group-7' });
  await filtered('an author', { username: 'user-3' });
  await filtered('an author who has none', { username: 'nobody' });
  await filtered('longer than 9,970 seconds', { duration: { $gt: 9_970 } });
  await filtered('a key that one run in 10,000 has', { 'config.rare': { $exists: true } });
  await filtered('a config value, many', { 'config.param_2': 'adam' });
  await filtered('a config value, none', { 'config.param_2': 'none' });
  await filtered('a config number above, few', { 'config.param_4': { $gt: 0.9999 } });
  await filtered('a nested config number below, few', { 'config.param_3.lr': { $lt: 0.0001 } });
  await filtered('a text within a config value, none', { 'config.param_2': { $contains: 'zzz' } });
  await filtered('a summary number above, few', { 'summary.metric/7': { $gt: 0.9999 } });
  await filtered('a summary number below, none', { 'summary.metric/7': { $lt: -1 } });
  await filtered('a pattern, none', { display_name: { $regex: 'zzz$' } });
  await filtered('a pattern that needs no text, none', { display_name: { $regex: '^[0-9]+$' } });
  await measure('how many have a summary number above', async () => {
    const filter = parseRunFilters('{"summary.metric/7": {"$gt": 0.5}}');
    const { count } = await countRunsWithin(database, { ...listing, filter }, BUDGET_MS);
    return { length: count };
  });
}

async function orders(database: Database, listing: RunListing): Promise<void> {
  for (const sort of [
    '+created_at',
    '-display_name',
    '-state',
    '+username',
    '-duration',
    '+config.param_2',
    '-config.param_4',
    '+config.param_3.lr',
    '-summary.metric/7',
    '+summary.no_run_has_it',
  ])
    await page(database, `by ${sort}`, listing, sort);
}

async function page(database: Database, label: string, listing: RunListing, sort = '-created_at'): Promise<void> {
  const fields = COLUMNS.map(fieldOf);
  await measure(label, async () => {
    const place = { order: parseRunOrder(sort), after: undefined, limit: LIMIT + 1 };
    const { rows, reached } = await searchRuns(database, listing, place, BUDGET_MS);
    await runValues(
      database,
      listing,
      rows.map(({ runId }) => runId),
      fields,
    );
    return { length: rows.length, note: reached === null ? '' : ', to be gone on with' };
  });
}

async function groups(database: Database, listing: RunListing): Promise<void> {
  for (const names of [
    ['state'],
    ['group'],
    ['tags'],
    ['username'],
    ['config.param_1'],
    ['config.param_4'],
    ['config.param_2', 'job_type'],
  ])
    await measure(`grouped by ${names.join(' and ')}`, async () => {
      const fields = COLUMNS.map(fieldOf);
      const asked = { fields: names.map(fieldOf), sort: 'created', descending: true, offset: 0, limit: LIMIT } as const;
      const found = await groupRuns(database, listing, asked);
      await Promise.all([
        runValues(
          database,
          listing,
          found.groups.map(({ newest }) => newest),
          fields,
        ),
        measureRuns(
          database,
          listing,
          found.groups.map(({ members }) => members),
          fields,
        ),
      ]);
      return { length: found.groups.length, note: ` of ${found.total}, ${found.measured} runs of each measured` };
    });
}

async function measure(label: string, read: () => Promise<{ length: number; note?: string }>): Promise<void> {
  let longest = 0;
  let found: { length: number; note?: string } = { length: 0 };
  // the first turn plans and reads from disk; that happens to people too
  for (let turn = 0; turn < TURNS; turn += 1) {
    const begun = performance.now();
    found = await read();
    longest = Math.max(longest, performance.now() - begun);
  }
  say(label, ms(longest), { aim: atMost(longest, AIM_MS, ms), note: `${found.length} found${found.note ?? ''}` });
}

function fieldOf(name: string): Field {
  const field = LISTED_RUN_FIELDS.resolve(name);
  if (field === undefined) throw new Error(`runs have no field ${name}`);
  return field;
}
