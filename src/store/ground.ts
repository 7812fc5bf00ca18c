import type { Clock } from '../model/clock.ts';
import type { LargeIds } from '../model/large-id.ts';
import type { Database } from './database.ts';

/** What every deed stands on. */
export interface Ground {
  readonly database: Database;
  readonly clock: Clock;
  readonly ids: LargeIds;
}
