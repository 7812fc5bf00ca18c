import type { Database } from '../store/database.ts';
import { missingMigrations } from '../store/migrate.ts';

/** Why the process cannot serve yet; `undefined` when it can. */
export type CheckReadiness = () => Promise<string | undefined>;

const ANSWER_WITHIN_MS = 3_000;

/** Ready means: the database answers and has every migration of this program. */
export function databaseReadiness(database: Database): CheckReadiness {
  return async () => {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_resolve, reject) => {
      timer = setTimeout(() => reject(new Error('late')), ANSWER_WITHIN_MS);
    });
    try {
      const missing = await Promise.race([missingMigrations(database), late]);
      return missing > 0 ? `${missing} migrations are not applied` : undefined;
    } catch {
      return 'the database does not answer';
    } finally {
      clearTimeout(timer);
    }
  };
}
