import type { Instant } from '../model/clock.ts';
import type { ProjectId, RunId, TenantId, UserId } from '../model/ids.ts';
import type { JsonObject } from '../model/json.ts';
import type { Queryable, Transaction } from './database.ts';
import { keyColumns, type RunKey } from './run-heads.ts';

/** What a run is called and configured with: changes seldom. */
export interface RunRecord extends RunKey {
  readonly projectId: ProjectId;
  /** The run id on the wire. */
  readonly name: string;
  readonly displayName: string;
  readonly userId: UserId;
  readonly group: string | null;
  readonly jobType: string | null;
  readonly sweep: string | null;
  readonly notes: string | null;
  readonly description: string | null;
  readonly tags: readonly string[];
  readonly commit: string | null;
  readonly repo: string | null;
  readonly program: string | null;
  readonly host: string | null;
  /** As the client sent it, `NaN` and all. */
  readonly configRaw: string;
  /** The same as jsonb can hold it. */
  readonly config: JsonObject;
  readonly createdAt: Instant;
  readonly updatedAt: Instant;
}

const COLUMNS = `tenant_id as "tenantId", run_id as "runId", project_id as "projectId", name,
  display_name as "displayName", user_id as "userId", group_name as "group", job_type as "jobType", sweep, notes,
  description, tags, commit_hash as "commit", repo, program, host, config_raw as "configRaw", config,
  created_at as "createdAt", updated_at as "updatedAt"`;

/** Only the key of a living run: what a chunk needs to be stored. */
export async function findRunKey(
  db: Queryable,
  where: { readonly tenantId: TenantId; readonly projectId: ProjectId; readonly name: string },
): Promise<RunKey | undefined> {
  const [key] = await db.query<RunKey>(
    `select tenant_id as "tenantId", run_id as "runId" from run
      where tenant_id = $1 and project_id = $2 and name = $3 and deleted_at is null`,
    [where.tenantId, where.projectId, where.name],
  );
  return key;
}

/** A run and what it is called on the wire. */
export interface NamedRun extends RunKey {
  readonly name: string;
}

/** The living runs of a project with some names, in the order in which they are locked; unknown names are left out. */
export function findNamedRuns(
  db: Queryable,
  where: { readonly tenantId: TenantId; readonly projectId: ProjectId; readonly names: readonly string[] },
): Promise<NamedRun[]> {
  return db.query<NamedRun>(
    `select tenant_id as "tenantId", run_id as "runId", name from run
      where tenant_id = $1::bigint and project_id = $2::bigint and name = any($3::text[]) and deleted_at is null
      order by tenant_id, run_id`,
    [where.tenantId, where.projectId, where.names],
  );
}

/** Finds a living run by its key. */
export async function findRun(db: Queryable, key: RunKey): Promise<RunRecord | undefined> {
  const [run] = await db.query<RunRecord>(
    `select ${COLUMNS} from run where tenant_id = $1 and run_id = $2 and deleted_at is null`,
    [key.tenantId, key.runId],
  );
  return run;
}

/** Finds living runs by their keys, in no order. */
export function findRuns(db: Queryable, keys: readonly RunKey[]): Promise<RunRecord[]> {
  return db.query<RunRecord>(
    `select ${COLUMNS} from run
      where tenant_id = any($1::bigint[]) and (tenant_id, run_id) in (select * from unnest($1::bigint[], $2::bigint[]))
        and deleted_at is null`,
    keyColumns(keys),
  );
}

/** Inserts a run; false when a living run of that name is there already. */
export async function insertRun(tx: Transaction, run: RunRecord): Promise<boolean> {
  const inserted = await tx.execute(
    `insert into run (tenant_id, run_id, project_id, name, display_name, user_id, group_name, job_type, sweep, notes,
                      description, tags, commit_hash, repo, program, host, config_raw, config, created_at, updated_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $19)
     on conflict do nothing`,
    [...columnsOf(run), new Date(run.createdAt)],
  );
  return inserted === 1;
}

/** Saves a run whose head this transaction has locked. */
export async function saveRun(tx: Transaction, run: RunRecord): Promise<void> {
  await tx.execute(
    `update run
        set project_id = $3, name = $4, display_name = $5, user_id = $6, group_name = $7, job_type = $8, sweep = $9,
            notes = $10, description = $11, tags = $12, commit_hash = $13, repo = $14, program = $15, host = $16,
            config_raw = $17, config = $18, updated_at = $19
      where tenant_id = $1 and run_id = $2`,
    [...columnsOf(run), new Date(run.updatedAt)],
  );
}

/** A run whose tags were changed. */
export interface RetaggedRun {
  readonly runId: RunId;
  readonly name: string;
  readonly before: readonly string[];
  readonly after: readonly string[];
}

/**
 * Adds tags to runs of a tenant whose heads this transaction has locked, and takes others away; cached verdicts of
 * filters end with it.
 *
 * @returns the runs that it changed
 */
export function changeRunTags(
  tx: Transaction,
  { tenantId, runIds }: { readonly tenantId: TenantId; readonly runIds: readonly RunId[] },
  { add, remove, now }: { readonly add: readonly string[]; readonly remove: readonly string[]; readonly now: Instant },
): Promise<RetaggedRun[]> {
  return tx.query<RetaggedRun>(
    `with tagged as (
       select run_id, tags, array(
         select tag from unnest(tags || $3::text[]) with ordinality as each (tag, place)
         where not tag = any($4::text[]) group by tag order by min(place)) as wanted
       from run where tenant_id = $1::bigint and run_id = any($2::bigint[]) and deleted_at is null
     ), changed as (
       update run r set tags = t.wanted, updated_at = $5::timestamptz from tagged t
       where r.tenant_id = $1::bigint and r.run_id = t.run_id and t.tags <> t.wanted
       returning r.run_id, r.name, t.tags as before, t.wanted as after
     )
     update run_head h set meta_version = meta_version + 1 from changed c
     where h.tenant_id = $1::bigint and h.run_id = c.run_id returning h.run_id as "runId", c.name, c.before, c.after`,
    [tenantId, runIds, add, remove, new Date(now)],
  );
}

/** How many runs a project has had: the number in a generated display name. */
export async function countRuns(db: Queryable, tenantId: TenantId, projectId: ProjectId): Promise<number> {
  const [row] = await db.query<{ count: number }>(
    'select count(*)::float8 as count from run where tenant_id = $1 and project_id = $2',
    [tenantId, projectId],
  );
  return row?.count ?? 0;
}

function columnsOf(run: RunRecord): unknown[] {
  return [
    run.tenantId,
    run.runId,
    run.projectId,
    run.name,
    run.displayName,
    run.userId,
    run.group,
    run.jobType,
    run.sweep,
    run.notes,
    run.description,
    run.tags,
    run.commit,
    run.repo,
    run.program,
    run.host,
    run.configRaw,
    JSON.stringify(run.config),
  ];
}
