import type { AutomationId, EntityId, ProjectId, TenantId } from '../src/model/ids.ts';
import { largeIdAt } from '../src/model/large-id.ts';
import type { Database } from '../src/store/database.ts';
import { ensurePartitions } from '../src/store/partitions.ts';

const DAY_MS = 86_400_000;
const MONTH_MS = 30 * DAY_MS;
/** Over which the executions are spread, evenly. */
const DAYS = 90;
const AUTOMATIONS = 3_000;
const PROJECTS = 50;
const AUTHORS = 200;
const TEAMS = 8;
/** Rows that one statement inserts. */
const SLICE = 250_000;

/** A history as a large organization has it after three months. */
export interface SeededHistory {
  readonly organization: EntityId;
  /** Owner of half of all executions. */
  readonly team: TenantId;
  /** Of that team; the first are as busy as the others. */
  readonly automations: readonly AutomationId[];
  readonly projects: readonly ProjectId[];
}

/**
 * Fills a fresh database. Of the executions 3 % failed, 2 % were skipped, one in 100,000 was cancelled; the rest
 * finished. The author `rare` caused one in 100,000, and so rare is the event `UNLINK_ARTIFACT`.
 */
export async function seedHistory(database: Database, executions: number, now: number): Promise<SeededHistory> {
  for (let back = 0; back <= DAYS / 30 + 1; back += 1) await ensurePartitions(database, now - back * MONTH_MS);
  const { organization, teams } = await seedEntities(database);
  const [team = organization] = teams;
  const projects = await seedProjects(database, team);
  const automations = await seedAutomations(database, organization, team);
  const first = BigInt(largeIdAt(now - DAYS * DAY_MS));
  const spacing = (BigInt(largeIdAt(now)) - first) / BigInt(executions);
  for (let from = 0; from < executions; from += SLICE) {
    const slice = { from, to: Math.min(from + SLICE, executions) - 1, first: String(first), spacing: String(spacing) };
    await seedSlice(database, slice, { teams, projects, automations });
  }
  for (const table of ['event', 'execution', 'execution_detail']) await database.execute(`vacuum analyze ${table}`);
  return { organization, team, automations, projects };
}

async function seedEntities(database: Database): Promise<{ organization: EntityId; teams: EntityId[] }> {
  const at = new Date();
  const [root] = await database.query<{ id: EntityId }>(
    `insert into entity (kind, name, root_id, created_at) values ('organization', 'acme', 0, $1::timestamptz)
     returning id`,
    [at],
  );
  if (root === undefined) throw new Error('no organization was made');
  await database.execute('update entity set root_id = id');
  await database.execute('insert into rulebook (root_id) values ($1::bigint)', [root.id]);
  const teams = await database.query<{ id: EntityId }>(
    `insert into entity (kind, name, root_id, created_at)
     select 'team', 'team-' || number, $1::bigint, $2::timestamptz from generate_series(1, $3::int) number returning id`,
    [root.id, at, TEAMS],
  );
  return { organization: root.id, teams: teams.map(({ id }) => id) };
}

async function seedProjects(database: Database, team: EntityId): Promise<ProjectId[]> {
  const rows = await database.query<{ id: ProjectId }>(
    `insert into project (tenant_id, name, visibility, created_at)
     select $1::bigint, 'project-' || number, case when number = 1 then 'Restricted' else 'Team' end, $2::timestamptz
       from generate_series(1, $3::int) number returning id`,
    [team, new Date(), PROJECTS],
  );
  return rows.map(({ id }) => id);
}

async function seedAutomations(database: Database, root: EntityId, team: EntityId): Promise<AutomationId[]> {
  const rows = await database.query<{ id: AutomationId }>(
    `insert into automation (root_id, tenant_id, scope_kind, scope_id, name, enabled, definition, revision,
       condition_revision, rulebook_version, created_at)
     select $1::bigint, $2::bigint, 'entity', $2::bigint, 'automation ' || number, true, '{}', 1, 1, 0, $3::timestamptz
       from generate_series(1, $4::int) number returning id`,
    [root, team, new Date(), AUTOMATIONS],
  );
  await database.execute(
    `insert into automation_revision (automation_id, revision, name, enabled, scope_kind, scope_id, definition, changed_at)
     select id, 1, name, true, scope_kind, scope_id, definition, created_at from automation`,
  );
  return rows.map(({ id }) => id);
}

interface Slice {
  readonly from: number;
  readonly to: number;
  readonly first: string;
  readonly spacing: string;
}

interface Seeded {
  readonly teams: readonly EntityId[];
  readonly projects: readonly ProjectId[];
  readonly automations: readonly AutomationId[];
}

const NUMBERED = `select number, $3::bigint + number * $4::bigint as event_id,
    case when number % 2 = 0 then ($5::bigint[])[1] else ($5::bigint[])[1 + (number / 2) % cardinality($5::bigint[])] end
      as tenant_id,
    timestamptz '2026-01-01' + (($3::bigint + number * $4::bigint) >> 21) * interval '1 millisecond' as at
  from generate_series($1::bigint, $2::bigint) number`;

async function seedSlice(database: Database, { from, to, first, spacing }: Slice, seeded: Seeded): Promise<void> {
  const { teams, projects, automations } = seeded;
  const numbers = [from, to, first, spacing, teams];
  await Promise.all([
    database.execute(
      `insert into event (tenant_id, event_id, type, subject_kind, subject_id, author, occurred_at, captured)
       select tenant_id, event_id, 'RUN_METRIC', 'run', number / 20, 'somebody', at,
         '{"type": "RUN_METRIC", "run": {"id": "r1", "displayName": "brave run", "project": "project-2"}}'
       from (${NUMBERED}) as made`,
      numbers,
    ),
    database.execute(
      `insert into execution_detail (tenant_id, event_id, automation_id, ask, explanation)
       select tenant_id, event_id, ($6::bigint[])[1 + number % cardinality($6::bigint[])], 0, '{"current": 11}'
       from (${NUMBERED}) as made`,
      [...numbers, automations],
    ),
    database.execute(
      `insert into execution (tenant_id, event_id, automation_id, ask, revision, status, event_type, action_type,
         project_id, subject_kind, subject_id, author, created_at, started_at, ended_at)
       select tenant_id, event_id, ($6::bigint[])[1 + number % cardinality($6::bigint[])], 0, 1,
         case when number % 100000 = 77777 then 'cancelled' when number % 100 < 3 then 'failed'
           when number % 100 < 5 then 'skipped' else 'finished' end,
         case when number % 100000 = 55556 then 'UNLINK_ARTIFACT' when number % 3 = 0 then 'RUN_STATE'
           else 'RUN_METRIC' end,
         case when number % 100000 = 33332 then 'NOTIFICATION' else 'GENERIC_WEBHOOK' end,
         ($7::bigint[])[1 + number % cardinality($7::bigint[])], 'run', number / 20,
         case when number % 100000 = 22222 then 'rare' else 'author-' || number % $8::int end, at, at, at
       from (${NUMBERED}) as made`,
      [...numbers, automations, projects, AUTHORS],
    ),
  ]);
}
