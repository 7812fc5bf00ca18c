import { rest } from './rest.ts';
import type { Scene } from './scene.ts';

interface Members {
  readonly members: readonly { readonly username: string; readonly role: string }[];
}

/** Who has which role in an entity. */
export async function rolesIn({ server, person }: Scene, entity: string): Promise<Readonly<Record<string, string>>> {
  const { members } = await rest<Members>(server, person.key, `/entities/${entity}`);
  return Object.fromEntries(members.map(({ username, role }) => [username, role]));
}
