import { type BacktestReport, NO_REPORT } from '../engine/backtest-report.ts';
import type { Instant } from '../model/clock.ts';
import type { AutomationId, TenantId, UserId } from '../model/ids.ts';
import type { Json } from '../model/json.ts';
import { cleanJson, uncleanJson } from '../model/loose-json.ts';
import type { Queryable } from './database.ts';

/** Of a backtest; the tenant is that of its scope. */
export interface BacktestKey {
  readonly tenantId: TenantId;
  readonly backtestId: string;
}

/** Where and when a backtest looks. */
export interface BacktestAsked {
  readonly from: Instant;
  readonly to: Instant;
  /** What it does not know, in sentences. */
  readonly limits: readonly string[];
}

export type BacktestStatus = 'running' | 'finished' | 'failed' | 'cancelled';

export interface StoredBacktest extends BacktestKey {
  /** Whoever started it. */
  readonly userId: UserId;
  readonly automationId: AutomationId | null;
  readonly status: BacktestStatus;
  readonly asked: BacktestAsked;
  readonly report: BacktestReport;
  readonly error: string | null;
  readonly createdAt: Instant;
  /** When it last told that it lives. */
  readonly beatAt: Instant;
  readonly endedAt: Instant | null;
}

/** Keeps a backtest that begins. */
export async function insertBacktest(
  database: Queryable,
  backtest: Pick<StoredBacktest, 'tenantId' | 'backtestId' | 'userId' | 'automationId' | 'asked' | 'report'>,
  now: Instant,
): Promise<void> {
  const { tenantId, backtestId, userId, automationId, asked, report } = backtest;
  await database.execute(
    `insert into backtest (tenant_id, backtest_id, user_id, automation_id, status, asked, report, created_at, beat_at)
     values ($1::bigint, $2::bigint, $3::bigint, $4::bigint, 'running', $5::jsonb, $6::jsonb, $7::timestamptz,
       $7::timestamptz)`,
    [tenantId, backtestId, userId, automationId, JSON.stringify(asked), stored(report), new Date(now)],
  );
}

export async function backtestByKey(database: Queryable, key: BacktestKey): Promise<StoredBacktest | undefined> {
  const [row] = await database.query<Omit<StoredBacktest, 'report'> & { report: Json }>(
    `select tenant_id as "tenantId", backtest_id as "backtestId", user_id as "userId",
            automation_id as "automationId", status, asked, report, error, created_at as "createdAt",
            beat_at as "beatAt", ended_at as "endedAt"
       from backtest where tenant_id = $1::bigint and backtest_id = $2::bigint`,
    [key.tenantId, key.backtestId],
  );
  // what a version before kept may lack a member
  return row && { ...row, report: { ...NO_REPORT, ...(uncleanJson(row.report) as unknown as BacktestReport) } };
}

/** Tells how far a backtest is. @returns whether it is to go on */
export async function beatBacktest(
  database: Queryable,
  key: BacktestKey,
  report: BacktestReport,
  now: Instant,
): Promise<boolean> {
  const beaten = await database.execute(
    `update backtest set report = $3::jsonb, beat_at = $4::timestamptz
      where tenant_id = $1::bigint and backtest_id = $2::bigint and status = 'running'`,
    [key.tenantId, key.backtestId, stored(report), new Date(now)],
  );
  return beaten === 1;
}

/** Ends a backtest that runs. @returns whether it did */
export async function endBacktest(
  database: Queryable,
  key: BacktestKey,
  end: { readonly status: BacktestStatus; readonly report?: BacktestReport; readonly error?: string },
  now: Instant,
): Promise<boolean> {
  const ended = await database.execute(
    `update backtest set status = $3::text, report = coalesce($4::jsonb, report), error = $5::text,
            ended_at = $6::timestamptz
      where tenant_id = $1::bigint and backtest_id = $2::bigint and status = 'running'`,
    [
      key.tenantId,
      key.backtestId,
      end.status,
      end.report === undefined ? null : stored(end.report),
      end.error ?? null,
      new Date(now),
    ],
  );
  return ended === 1;
}

/** Forgets the backtests of a tenant that are older than an instant. */
export async function removeBacktestsBefore(database: Queryable, tenantId: TenantId, instant: Instant): Promise<void> {
  await database.execute('delete from backtest where tenant_id = $1::bigint and created_at < $2::timestamptz', [
    tenantId,
    new Date(instant),
  ]);
}

/** Infinite values are marked, as jsonb has none. */
function stored(report: BacktestReport): string {
  return JSON.stringify(cleanJson(report as unknown as Json));
}
