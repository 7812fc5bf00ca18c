import type { Meter } from '../engine/flood-limit.ts';
import type { Instant } from '../model/clock.ts';
import type { AutomationId, TenantId } from '../model/ids.ts';
import type { Queryable, Transaction } from './database.ts';
import { rowsOf } from './rows.ts';

/** An automation among the events of one tenant. */
export interface MeterKey {
  readonly tenantId: TenantId;
  readonly automationId: AutomationId;
}

export interface KeptMeter extends MeterKey, Meter {}

/** Locks the meters of automations that fire, in the order of their keys (data model, section 6); makes missing ones. */
export async function lockMeters(tx: Transaction, keys: readonly MeterKey[]): Promise<KeptMeter[]> {
  const locked = await lockKept(tx, keys);
  if (locked.length === keys.length) return locked;
  const [, all] = await Promise.all([makeMeters(tx, keys), lockKept(tx, keys)]);
  return all;
}

function lockKept(tx: Transaction, keys: readonly MeterKey[]): Promise<KeptMeter[]> {
  return tx.query<KeptMeter>(
    `select tenant_id as "tenantId", automation_id as "automationId", turn_at as "turnAt", hour, made,
            skipped_at as "skippedAt" from meter
      where tenant_id = any($1::bigint[])
        and (tenant_id, automation_id) in (select * from unnest($1::bigint[], $2::bigint[]))
      order by tenant_id, automation_id for no key update`,
    [keys.map(({ tenantId }) => tenantId), keys.map(({ automationId }) => automationId)],
  );
}

async function makeMeters(tx: Transaction, keys: readonly MeterKey[]): Promise<void> {
  const ascending = keys.toSorted(
    (one, other) => compare(one.tenantId, other.tenantId) || compare(one.automationId, other.automationId),
  );
  const { values, parameters } = rowsOf(ascending, ({ tenantId, automationId }) => [
    tenantId,
    automationId,
    '-infinity',
    0,
    [],
  ]);
  await tx.execute(
    `insert into meter (tenant_id, automation_id, turn_at, hour, made) values ${values} on conflict do nothing`,
    parameters,
  );
}

/** Ids are decimals of 63 bits. */
const compare = (one: string, other: string): number =>
  one.length - other.length || (one < other ? -1 : Number(one > other));

/** Saves meters that this transaction has locked. */
export async function saveMeters(tx: Transaction, meters: readonly KeptMeter[]): Promise<void> {
  const { values, parameters } = rowsOf(meters, ({ tenantId, automationId, turnAt, hour, made, skippedAt }) => [
    tenantId,
    automationId,
    timeOf(turnAt),
    hour,
    made,
    timeOf(skippedAt),
  ]);
  await tx.execute(
    `insert into meter (tenant_id, automation_id, turn_at, hour, made, skipped_at) values ${values}
     on conflict (tenant_id, automation_id) do update
       set turn_at = excluded.turn_at, hour = excluded.hour, made = excluded.made,
           skipped_at = excluded.skipped_at`,
    parameters,
  );
}

/** What has never been lies before everything. */
const timeOf = (instant: Instant): Date | '-infinity' => (Number.isFinite(instant) ? new Date(instant) : '-infinity');
/** The meter of an automation as it stands, without a lock; `undefined` when it has never fired. */
export async function findMeter(database: Queryable, { tenantId, automationId }: MeterKey): Promise<Meter | undefined> {
  const [row] = await database.query<Meter>(
    `select turn_at as "turnAt", hour, made from meter where tenant_id = $1::bigint and automation_id = $2::bigint`,
    [tenantId, automationId],
  );
  return row;
}
