import type { Origin } from '../model/audit.ts';
import { INSTANCE, recordDeed } from '../store/audit.ts';
import type { Ground } from '../store/ground.ts';
import type { Credentials } from '../store/users.ts';

/**
 * Leaves an entry about a sign-in that was refused, in the log of the account that was named. What named no account
 * goes to the log of the installation without the name: people type passwords there by mistake.
 */
export async function recordRefusal(
  { database, clock }: Pick<Ground, 'database' | 'clock'>,
  account: Pick<Credentials, 'id' | 'username' | 'entityId'> | undefined,
  reason: string,
  origin: Origin,
): Promise<void> {
  const { id = '0', username = 'unknown', entityId = INSTANCE } = account ?? {};
  await database.transaction((tx) =>
    recordDeed(
      tx,
      { system: `a sign-in was refused: ${reason}`, origin },
      {
        now: clock.now(),
        tenantId: entityId,
        deed: 'session.refused',
        subject: { kind: 'user', id, name: username },
      },
    ),
  );
}
