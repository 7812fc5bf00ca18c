import type { ProjectId, TenantId, UserId } from '../src/model/ids.ts';
import { largeIdAt } from '../src/model/large-id.ts';
import type { Database } from '../src/store/database.ts';

const DAY_MS = 86_400_000;
/** Over which the runs are spread, evenly. */
const DAYS = 90;
const USERS = 20;
/** Keys of each config and of each summary. */
export const KEYS = 40;
/** Rows that one statement inserts. */
const SLICE = 10_000;

/** A project as it is after many sweeps. */
export interface SeededProject {
  readonly tenantId: TenantId;
  readonly projectId: ProjectId;
  readonly entity: string;
  readonly project: string;
}

/**
 * Fills a fresh database with the runs of one project. Every fourth config value is a number that no other run has,
 * the others are choices and texts, and one is an object; a summary has numbers with all their digits. One run in
 * 10,000 has the tag `rare`, the group `rare` and the key `rare` in its config.
 */
export async function seedProject(database: Database, runs: number, now: number): Promise<SeededProject> {
  const place = await seedPlace(database);
  const first = BigInt(largeIdAt(now - DAYS * DAY_MS));
  const spacing = (BigInt(largeIdAt(now)) - first) / BigInt(runs);
  for (let from = 0; from < runs; from += SLICE) {
    const to = Math.min(from + SLICE, runs) - 1;
    await seedSlice(database, place, [from, to, String(first), String(spacing)]);
  }
  for (const table of ['run', 'run_head', 'run_summary']) await database.execute(`vacuum analyze ${table}`);
  return place;
}

async function seedPlace(database: Database): Promise<SeededProject & { readonly users: readonly UserId[] }> {
  const at = new Date();
  const [root] = await database.query<{ id: TenantId }>(
    `insert into entity (kind, name, root_id, created_at) values ('team', 'vision', 0, $1::timestamptz) returning id`,
    [at],
  );
  const users = await database.query<{ id: UserId }>(
    `insert into app_user (username, created_at)
     select 'user-' || number, $1::timestamptz from generate_series(1, $2::int) number returning id`,
    [at, USERS],
  );
  const [project] = await database.query<{ id: ProjectId }>(
    `insert into project (tenant_id, name, visibility, created_at)
     values ($1::bigint, 'sweeps', 'Team', $2::timestamptz) returning id`,
    [root?.id, at],
  );
  if (root === undefined || project === undefined) throw new Error('no project was made');
  const ids = users.map(({ id }) => id);
  return { tenantId: root.id, projectId: project.id, entity: 'vision', project: 'sweeps', users: ids };
}

/** A fraction that looks random, of a run and a key. */
const FRACTION = '((number * 7919 + key * 104729 + (number * key) % 8191) % 1000003)::float8 / 1000003';

const CONFIG = `(select jsonb_object_agg('param_' || key, jsonb_build_object('value', case key % 4
      when 0 then to_jsonb(${FRACTION})
      when 1 then to_jsonb((array[16, 32, 64, 128, 256])[1 + (number * (key + 1)) % 5])
      when 2 then to_jsonb((array['adam', 'sgd', 'adamw', 'lamb'])[1 + (number / 3 + key) % 4])
      else case key when 3 then jsonb_build_object('lr', ${FRACTION}, 'name', 'cosine') else to_jsonb((number + key) % 2 = 0) end
    end)) || case when number % 10000 = 7777 then '{"rare": {"value": true}}' else '{}' end::jsonb
  from generate_series(0, ${KEYS - 1}) key)`;

const SUMMARY = `(select jsonb_object_agg('metric/' || key, ${FRACTION}) from generate_series(0, ${KEYS - 1}) key)
  || jsonb_build_object('_step', number % 5000, '_runtime', number % 9973, '_timestamp', 1767225600 + number)`;

async function seedSlice(
  database: Database,
  { tenantId, projectId, users }: SeededProject & { readonly users: readonly UserId[] },
  numbers: readonly unknown[],
): Promise<void> {
  const made = `select number, $3::bigint + number * $4::bigint as run_id,
      timestamptz '2026-01-01' + (($3::bigint + number * $4::bigint) >> 21) * interval '1 millisecond' as at
    from generate_series($1::bigint, $2::bigint) number`;
  await database.execute(
    `insert into run (tenant_id, run_id, project_id, name, display_name, user_id, group_name, job_type, tags,
       config_raw, config, created_at, updated_at)
     select $5::bigint, run_id, $6::bigint, 'run' || number, 'brave-run-' || number,
       ($7::bigint[])[1 + number % cardinality($7::bigint[])],
       case when number % 10000 = 7777 then 'rare' else 'group-' || number % 50 end,
       case when number % 3 = 0 then 'eval' else 'train' end,
       case when number % 10000 = 7777 then array['rare'] when number % 4 = 0 then array['baseline', 'v2']
         else array['v1'] end,
       config::text, config, at, at
     from (select *, ${CONFIG} as config from (${made}) as numbered) as made`,
    [...numbers, tenantId, projectId, users],
  );
  await database.execute(
    `insert into run_head (tenant_id, run_id, project_id, state, history_lines, heartbeat_at)
     select $5::bigint, run_id, $6::bigint,
       case when number % 50 = 0 then 'crashed' when number % 20 = 0 then 'failed' when number % 500 = 1 then 'running'
         else 'finished' end,
       number % 5000, at + (number % 9973) * interval '1 second'
     from (${made}) as made`,
    [...numbers, tenantId, projectId],
  );
  await database.execute(
    `insert into run_summary (tenant_id, run_id, raw, summary)
     select $5::bigint, run_id, summary::text, summary
     from (select *, ${SUMMARY} as summary from (${made}) as numbered) as made`,
    [...numbers, tenantId],
  );
}
