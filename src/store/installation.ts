import type { Instant } from '../model/clock.ts';
import type { Queryable } from './database.ts';

/** What an operator asks the database of the installation as a whole. */
export interface InstallationCounts {
  /** Of PostgreSQL. */
  readonly databaseVersion: string;
  readonly databaseBytes: number;
  readonly people: number;
  readonly organizations: number;
  readonly teams: number;
  /** Numbers of the processes whose leases have not ended: one that was killed counts for up to a minute. */
  readonly nodes: readonly number[];
}

export async function installationCounts(database: Queryable, now: Instant): Promise<InstallationCounts> {
  const [row] = await database.query<InstallationCounts>(
    `select current_setting('server_version') as "databaseVersion",
       pg_database_size(current_database())::float8 as "databaseBytes",
       (select count(*)::int from app_user where kind = 'person' and deleted_at is null) as people,
       (select count(*)::int from entity where kind = 'organization' and deleted_at is null) as organizations,
       (select count(*)::int from entity where kind = 'team' and deleted_at is null) as teams,
       (select coalesce(json_agg(number order by number), '[]') from node
        where lease_until > to_timestamp($1::float8 / 1000)) as nodes`,
    [now],
  );
  if (row === undefined) throw new Error('a count has no row');
  return row;
}
