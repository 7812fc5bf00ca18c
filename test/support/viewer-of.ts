import { rest } from './rest.ts';
import { type Person, type Scene, signUp } from './scene.ts';

/** Somebody who may only look. */
export async function viewerOf({ server, organization, team }: Scene): Promise<Person> {
  const person = await signUp(server);
  for (const place of [`/organizations/${organization}`, `/entities/${team}`]) {
    const body = { username: person.username, role: 'viewer' };
    await rest(server, server.adminKey, `${place}/members`, { method: 'POST', body });
  }
  return person;
}
