import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { TriplineError } from '../model/error.ts';
import type { Database, Transaction } from './database.ts';

const FOLDER = fileURLToPath(new URL('./migrations/', import.meta.url));
/** Any fixed number: two nodes that start together apply migrations one after the other. */
const LOCK = 7_291_346_002;

/**
 * Applies the numbered migrations that the database lacks, each once, under a lock.
 *
 * @returns the names of the migrations applied
 * @throws TriplineError conflict when the database is newer than this program
 */
export async function migrate(database: Database): Promise<string[]> {
  const known = migrationFiles();
  return database.transaction(async (tx) => {
    await tx.execute('select pg_advisory_xact_lock($1)', [LOCK]);
    await tx.execute(
      'create table if not exists schema_migration (number int primary key, name text not null, applied_at timestamptz not null default clock_timestamp())',
    );
    const applied = new Set(
      (await tx.query<{ number: number }>('select number from schema_migration order by number')).map(
        (row) => row.number,
      ),
    );
    refuseNewer(applied, known);
    const missing = known.filter((file) => !applied.has(file.number));
    for (const file of missing) await apply(tx, file);
    return missing.map((file) => file.name);
  });
}

/** How many migrations of this program the database lacks; above 0 means "not ready". */
export async function missingMigrations(database: Database): Promise<number> {
  const rows = await database.query<{ number: number }>('select number from schema_migration');
  return migrationFiles().length - rows.length;
}

interface MigrationFile {
  readonly number: number;
  readonly name: string;
}

function migrationFiles(): MigrationFile[] {
  return readdirSync(FOLDER)
    .filter((name) => /^\d{4}_.*\.sql$/.test(name))
    .sort()
    .map((name) => ({ number: Number(name.slice(0, 4)), name }));
}

function refuseNewer(applied: ReadonlySet<number>, known: readonly MigrationFile[]): void {
  const newest = Math.max(0, ...known.map((file) => file.number));
  const unknown = [...applied].filter((number) => number > newest);
  if (unknown.length === 0) return;
  throw new TriplineError(
    'conflict',
    `The database was written by a newer Tripline (schema ${Math.max(...unknown)}, this program knows ${newest}): start that version, or restore a backup made before the upgrade.`,
  );
}

async function apply(tx: Transaction, file: MigrationFile): Promise<void> {
  await tx.execute(readFileSync(`${FOLDER}/${file.name}`, 'utf8'));
  await tx.execute('insert into schema_migration (number, name) values ($1, $2)', [file.number, file.name]);
}
