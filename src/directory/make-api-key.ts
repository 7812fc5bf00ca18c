import type { Instant } from '../model/clock.ts';
import { conflict } from '../model/error.ts';
import type { UserId } from '../model/ids.ts';
import type { ApiKey } from '../store/api-keys.ts';
import { insertApiKey } from '../store/api-keys.ts';
import type { Queryable } from '../store/database.ts';
import { hashApiKey, hintOfApiKey } from './api-key-text.ts';

export interface KeySpec {
  readonly userId: UserId;
  readonly key: string;
  readonly description: string | null;
}

/** Stores a key of a user, hashed. @throws TriplineError conflict when somebody has the same key */
export async function makeApiKey(database: Queryable, spec: KeySpec, now: Instant): Promise<ApiKey> {
  const made = await insertApiKey(database, {
    userId: spec.userId,
    hash: Buffer.from(hashApiKey(spec.key), 'base64'),
    hint: hintOfApiKey(spec.key),
    description: spec.description,
    now,
  });
  if (made === undefined) throw conflict('this API key is in use: choose another, or leave it out to get a new one');
  return made;
}
