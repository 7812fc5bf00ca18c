import type { Trouble } from '../engine/webhook-health.ts';
import type { Instant } from '../model/clock.ts';
import type { IntegrationId } from '../model/ids.ts';
import type { Transaction } from './database.ts';
import { rowsOf } from './rows.ts';

/** Executions of an integration that failed, and when the first of them ended. */
export interface Failures extends Trouble {
  readonly integrationId: IntegrationId;
}

/** Forgets that integrations were in trouble. */
export async function forgetTrouble(tx: Transaction, ids: readonly IntegrationId[]): Promise<void> {
  await tx.execute('delete from integration_trouble where integration_id = any($1::bigint[])', [ids]);
}

/** Adds failures to what is remembered of each integration; answers the sums. */
export async function addTrouble(tx: Transaction, failures: readonly Failures[]): Promise<Failures[]> {
  const sorted = failures.toSorted((a, b) => (BigInt(a.integrationId) < BigInt(b.integrationId) ? -1 : 1));
  const { values, parameters } = rowsOf(sorted, ({ integrationId, since, failed }) => [
    integrationId,
    new Date(since),
    failed,
  ]);
  return tx.query<Failures>(
    `insert into integration_trouble (integration_id, since, failed) values ${values}
     on conflict (integration_id) do update
       set since = least(integration_trouble.since, excluded.since), failed = integration_trouble.failed + excluded.failed
     returning integration_id as "integrationId", since, failed`,
    parameters,
  );
}

/**
 * Disables an integration, until somebody enables it.
 *
 * @returns whether it was enabled before
 */
export async function disableIntegration(
  tx: Transaction,
  id: IntegrationId,
  { reason, now }: { readonly reason: string; readonly now: Instant },
): Promise<boolean> {
  const disabled = await tx.execute(
    `update integration set disabled_at = $2::timestamptz, disabled_reason = $3::text
      where id = $1::bigint and deleted_at is null and disabled_at is null`,
    [id, new Date(now), reason],
  );
  return disabled === 1;
}

/** An integration whose receiver takes nothing until a person acts. */
export interface BrokenIntegration {
  readonly integrationId: IntegrationId;
  readonly reason: string;
}

/** Marks integrations as broken, since when stays when they were; answers those that were not. */
export async function markBroken(
  tx: Transaction,
  broken: readonly BrokenIntegration[],
  now: Instant,
): Promise<BrokenIntegration[]> {
  const marked = await tx.query<BrokenIntegration & { readonly isNew: boolean }>(
    `update integration set broken_at = coalesce(before.broken_at, $3::timestamptz), broken_reason = found.reason
       from unnest($1::bigint[], $2::text[]) as found(id, reason)
       join (select id, broken_at from integration
              where id = any($1::bigint[]) and deleted_at is null order by id for no key update) before using (id)
      where integration.id = found.id
     returning integration.id as "integrationId", found.reason, before.broken_at is null as "isNew"`,
    [broken.map(({ integrationId }) => integrationId), broken.map(({ reason }) => reason), new Date(now)],
  );
  return marked.filter(({ isNew }) => isNew).map(({ integrationId, reason }) => ({ integrationId, reason }));
}

/** Forgets that integrations were broken. */
export async function forgetBroken(tx: Transaction, ids: readonly IntegrationId[]): Promise<void> {
  await tx.execute(
    `update integration set broken_at = null, broken_reason = null
      where id = any($1::bigint[]) and broken_at is not null`,
    [ids],
  );
}
