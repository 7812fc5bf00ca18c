import type { IncomingHttpHeaders } from 'node:http';
import type { Viewer } from '../../../model/viewer.ts';
import type { Ground } from '../../../store/ground.ts';
import { personIn } from '../../../store/members.ts';

/**
 * The viewer with whoever the client names as the one it works for (wandb protocol, 0.2): `WANDB_USERNAME`, or else
 * `WANDB_USER_EMAIL`. Only a service account may name somebody, and only a member of its team. Like W&B, every other
 * name is passed over, so that no training fails for it: the account itself is the author then.
 */
export async function onBehalfOf({ database }: Ground, viewer: Viewer, headers: IncomingHttpHeaders): Promise<Viewer> {
  if (viewer.serviceOf === undefined) return viewer;
  const username = textOf(headers['x-wandb-username']);
  const email = username === '' ? textOf(headers['x-wandb-user-email']) : '';
  if (username === '' && email === '') return viewer;
  return { ...viewer, onBehalfOf: await personIn(database, viewer.serviceOf, { username, email }) };
}

function textOf(header: string | string[] | undefined): string {
  return typeof header === 'string' ? header.trim() : '';
}
