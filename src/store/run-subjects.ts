import type { EntityId, RunId, TenantId } from '../model/ids.ts';
import type { Json } from '../model/json.ts';
import type { Queryable } from './database.ts';
import { keyColumns, type RunKey } from './run-heads.ts';
import { findRun, findRuns, type RunRecord } from './runs.ts';

/** A run with everything that filters ask and payloads name, apart from its head. */
export interface RunSubject {
  readonly run: RunRecord;
  /** As jsonb holds it: non-finite numbers are marked. */
  readonly summary: Json;
  readonly entity: string;
  readonly project: string;
  readonly username: string;
}

type Names = Omit<RunSubject, 'run'>;

const NAMES = `r.run_id as "runId", coalesce(s.summary, '{}') as summary, e.name as entity, p.name as project, u.username
    from run r
    join entity e on e.id = r.tenant_id
    join project p on p.id = r.project_id
    join app_user u on u.id = r.user_id
    left join run_summary s on s.tenant_id = r.tenant_id and s.run_id = r.run_id`;

/** Reads a run for evaluation. Its head must be locked by an earlier statement of the same transaction. */
export async function findRunSubject(tx: Queryable, key: RunKey): Promise<RunSubject | undefined> {
  const [run, [names]] = await Promise.all([
    findRun(tx, key),
    tx.query<Names>(`select ${NAMES} where r.tenant_id = $1 and r.run_id = $2`, [key.tenantId, key.runId]),
  ]);
  return run === undefined || names === undefined ? undefined : { run, ...names };
}

/** The same of many runs, by their ids; those that are gone are missing. */
export async function findRunSubjects(db: Queryable, keys: readonly RunKey[]): Promise<ReadonlyMap<RunId, RunSubject>> {
  const [runs, names] = await Promise.all([
    findRuns(db, keys),
    db.query<Names & { readonly runId: RunId }>(
      `select ${NAMES} where r.tenant_id = any($1::bigint[])
         and (r.tenant_id, r.run_id) in (select * from unnest($1::bigint[], $2::bigint[]))`,
      keyColumns(keys),
    ),
  ]);
  const namesOf = new Map(names.map((each) => [each.runId, each]));
  return new Map(
    runs.flatMap((run) => {
      const found = namesOf.get(run.runId);
      return found === undefined ? [] : [[run.runId, { run, ...found }] as const];
    }),
  );
}

/** The organizations' entities of tenants; they never change, so callers may keep them for ever. */
export async function findRootIds(
  db: Queryable,
  tenantIds: readonly TenantId[],
): Promise<ReadonlyMap<TenantId, EntityId>> {
  const rows = await db.query<{ id: TenantId; rootId: EntityId }>(
    'select id, root_id as "rootId" from entity where id = any($1::bigint[])',
    [tenantIds],
  );
  return new Map(rows.map(({ id, rootId }) => [id, rootId]));
}
