import type { Instant } from '../model/clock.ts';
import type { AutomationId, TenantId } from '../model/ids.ts';
import type { Queryable, Transaction } from './database.ts';

/**
 * What a deadline watches; `heartbeat`: a run that must say something within five minutes; `settle`: a run that must
 * stay in its state until then for an automation to fire; `audit`: the tenant's entries that must be sealed;
 * `retention`: months of executions that must be put away, of the whole installation; `ttl`: a version that has lived
 * as long as it was to live.
 */
export type DeadlineKind = 'heartbeat' | 'settle' | 'audit' | 'retention' | 'ttl';

export interface DeadlineKey {
  readonly tenantId: TenantId;
  readonly kind: DeadlineKind;
  readonly subjectId: string;
  /** That waits for it; absent when none does. */
  readonly automationId?: AutomationId;
}

const NO_AUTOMATION = '0';

const columnsOf = ({ tenantId, kind, subjectId, automationId = NO_AUTOMATION as AutomationId }: DeadlineKey) => [
  tenantId,
  kind,
  subjectId,
  automationId,
];

const LEASE_MS = 30_000;

/** Sets the instant at which the subject must be looked at. A later heartbeat never moves it: it is lazy. */
export async function setDeadline(tx: Queryable, key: DeadlineKey, dueAt: Instant): Promise<void> {
  await tx.execute(
    `insert into deadline (tenant_id, kind, subject_id, automation_id, due_at) values ($1, $2, $3, $4, $5)
     on conflict (tenant_id, kind, subject_id, automation_id) do update
        set due_at = excluded.due_at, lease_until = null`,
    [...columnsOf(key), new Date(dueAt)],
  );
}

/** The same where there is none yet. */
export async function ensureDeadline(db: Queryable, key: DeadlineKey, dueAt: Instant): Promise<void> {
  await db.execute(
    `insert into deadline (tenant_id, kind, subject_id, due_at) values ($1, $2, $3, $4)
     on conflict (tenant_id, kind, subject_id, automation_id) do nothing`,
    [key.tenantId, key.kind, key.subjectId, new Date(dueAt)],
  );
}

export async function removeDeadline(tx: Queryable, key: DeadlineKey): Promise<void> {
  await tx.execute(
    'delete from deadline where tenant_id = $1 and kind = $2 and subject_id = $3 and automation_id = $4',
    columnsOf(key),
  );
}

/** Removes the deadlines of a kind that all automations have for a subject, whose lock is held. */
export async function removeDeadlinesOf(tx: Transaction, key: Omit<DeadlineKey, 'automationId'>): Promise<void> {
  await tx.execute('delete from deadline where tenant_id = $1 and kind = $2 and subject_id = $3', [
    key.tenantId,
    key.kind,
    key.subjectId,
  ]);
}

/** Whether a deadline is there and due. Whoever changes it holds the subject's lock, so hold it too. */
export async function isDue(tx: Transaction, key: DeadlineKey, now: Instant): Promise<boolean> {
  const found = await tx.query(
    `select from deadline
      where tenant_id = $1 and kind = $2 and subject_id = $3 and automation_id = $4 and due_at <= $5`,
    [...columnsOf(key), new Date(now)],
  );
  return found.length === 1;
}

/** Deadlines of several subjects for which no automation waits. */
export interface SubjectDeadlines extends Pick<DeadlineKey, 'tenantId' | 'kind'> {
  readonly subjectIds: readonly string[];
}

/** The subjects among some whose deadline is there and due, as {@link isDue}. */
export async function dueAmong(
  tx: Transaction,
  { tenantId, kind, subjectIds }: SubjectDeadlines,
  now: Instant,
): Promise<ReadonlySet<string>> {
  const found = await tx.query<{ subjectId: string }>(
    `select subject_id as "subjectId" from deadline
      where tenant_id = $1 and kind = $2 and subject_id = any($3::bigint[]) and automation_id = 0 and due_at <= $4`,
    [tenantId, kind, subjectIds, new Date(now)],
  );
  return new Set(found.map(({ subjectId }) => subjectId));
}

/** Removes the deadlines of several subjects, whose locks are held. */
export async function removeDeadlines(
  tx: Transaction,
  { tenantId, kind, subjectIds }: SubjectDeadlines,
): Promise<void> {
  await tx.execute(
    `delete from deadline
      where tenant_id = $1 and kind = $2 and subject_id = any($3::bigint[]) and automation_id = 0`,
    [tenantId, kind, subjectIds],
  );
}

/**
 * Leases due deadlines, so that one node of several looks at each. The subject is locked later and first: to
 * hold both locks here would take them in the wrong order (data model, section 4).
 */
export async function leaseDueDeadlines(
  db: Queryable,
  kind: DeadlineKind,
  now: Instant,
  limit: number,
): Promise<DeadlineKey[]> {
  return db.query<DeadlineKey>(
    `update deadline d set lease_until = $3
       from (select tenant_id, kind, subject_id, automation_id from deadline
              where kind = $1 and due_at <= $2 and (lease_until is null or lease_until <= $2)
              order by due_at limit $4 for update skip locked) due
      where d.tenant_id = due.tenant_id and d.kind = due.kind and d.subject_id = due.subject_id
        and d.automation_id = due.automation_id
      returning d.tenant_id as "tenantId", d.kind, d.subject_id as "subjectId",
        d.automation_id as "automationId"`,
    [kind, new Date(now), new Date(now + LEASE_MS), limit],
  );
}

/** Leases one subject for a while, whether or not it had a deadline; `false` while another holds it. */
export async function leaseSubject(db: Queryable, key: DeadlineKey, now: Instant, until: Instant): Promise<boolean> {
  const leased = await db.execute(
    `insert into deadline (tenant_id, kind, subject_id, due_at, lease_until) values ($1, $2, $3, $4, $5)
     on conflict (tenant_id, kind, subject_id, automation_id) do update set lease_until = excluded.lease_until
        where deadline.lease_until is null or deadline.lease_until <= $4`,
    [key.tenantId, key.kind, key.subjectId, new Date(now), new Date(until)],
  );
  return leased === 1;
}
