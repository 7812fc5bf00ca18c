import { INSTANCE, recordDeed } from '../store/audit.ts';
import type { Ground } from '../store/ground.ts';
import { claimInstanceValue } from '../store/instance.ts';
import { newApiKey, parseApiKey } from './api-key-text.ts';
import { makeOrganization } from './create-organization.ts';
import { makeApiKey } from './make-api-key.ts';
import { makeUser } from './make-user.ts';

const ADMIN = 'admin';
const ORGANIZATION = 'default';

export interface FirstAdmin {
  /** Whether this call made the first admin; `false` at every later start. */
  readonly created: boolean;
  /** The admin's key, only when it was generated here: the one moment at which it can be shown. */
  readonly apiKey?: string;
}

/**
 * At the very first start of an installation: makes user `admin`, an instance admin, and organization `default`,
 * of which they are the admin. Of several nodes that start at once, one does it.
 *
 * @param settings the key that an automated install chose
 * @throws TriplineError invalid for a key that nobody could use
 */
export async function ensureFirstAdmin(
  ground: Pick<Ground, 'database' | 'clock'>,
  settings: { readonly adminApiKey?: string | undefined } = {},
): Promise<FirstAdmin> {
  const given =
    settings.adminApiKey === undefined ? undefined : parseApiKey(settings.adminApiKey, 'TRIPLINE_ADMIN_API_KEY');
  const key = given ?? newApiKey();
  const now = ground.clock.now();
  const created = await ground.database.transaction(async (tx) => {
    if (!(await claimInstanceValue(tx, 'first_admin', ADMIN))) return false;
    const user = await makeUser(tx, { username: ADMIN, email: null, admin: true, passwordHash: null }, now);
    await makeApiKey(tx, { userId: user.id, key, description: 'first start' }, now);
    await makeOrganization(tx, { name: ORGANIZATION, members: [{ username: ADMIN, role: 'admin' }] }, now);
    const subject = { kind: 'user', id: user.id, name: ADMIN };
    const [system, deed] = ['first start', 'instance.first_admin_created'] as const;
    await recordDeed(tx, { system }, { now, tenantId: INSTANCE, deed, subject, after: { organization: ORGANIZATION } });
    return true;
  });
  return created && given === undefined ? { created, apiKey: key } : { created };
}
