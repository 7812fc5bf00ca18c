import { permits } from '../access/permits.ts';
import type { UserId } from '../model/ids.ts';
import type { Viewer } from '../model/viewer.ts';
import { type Invite, invitesOf } from '../store/invites.ts';
import { type Member, membersOf } from '../store/members.ts';
import type { EntityPlace } from './find-entity.ts';
import type { SecretGround } from './save-secret.ts';
import { shownServiceKeys } from './service-account-key.ts';

/** Who belongs to an entity, and who is to. */
export interface Members {
  readonly pending: readonly Invite[];
  /** In the order they came, but those whose keys are shown come last: the client takes the last as the new one. */
  readonly members: readonly Member[];
  /** Keys of service accounts that the viewer just made. */
  readonly keys: ReadonlyMap<UserId, string>;
  /** Whether the viewer may see emails. */
  readonly manages: boolean;
}

const NOBODY: Members = { pending: [], members: [], keys: new Map(), manages: false };

/** The members of an entity as far as the viewer may see them; invitations, emails and keys are for its admins. */
export async function membersFor(ground: SecretGround, viewer: Viewer, entity: EntityPlace): Promise<Members> {
  if (!permits(viewer, 'see_members', entity)) return NOBODY;
  const manages = permits(viewer, 'manage_members', entity);
  const [members, pending, keys] = await Promise.all([
    membersOf(ground.database, entity.id),
    manages ? invitesOf(ground.database, entity.id) : [],
    manages ? shownServiceKeys(ground, viewer, entity.id) : new Map<UserId, string>(),
  ]);
  const order = [...keys.keys()];
  const ordered = members.toSorted((one, other) => order.indexOf(one.userId) - order.indexOf(other.userId));
  return { pending, members: ordered, keys, manages };
}
