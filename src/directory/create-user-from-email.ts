import { invalid } from '../model/error.ts';
import type { Viewer } from '../model/viewer.ts';
import type { Ground } from '../store/ground.ts';
import type { User } from '../store/users.ts';
import { createUser } from './create-user.ts';

const NOT_IN_NAMES = /[^A-Za-z0-9_.-]+/g;

/**
 * Creates a user by a client that knows only the email: the part before `@` becomes the username.
 *
 * @throws TriplineError forbidden, invalid, conflict when the name or the email is taken
 */
export async function createUserFromEmail(
  ground: Ground,
  viewer: Viewer,
  { email, admin }: { readonly email: string; readonly admin?: boolean },
): Promise<User> {
  const at = email.indexOf('@');
  if (at < 1) throw invalid('email must be an address such as ann@example.com', 'email');
  const username = email.slice(0, at).replaceAll(NOT_IN_NAMES, '-');
  return createUser(ground, viewer, { username, email, admin: admin ?? false });
}
