import { homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';

/** Where data lies when nobody says: the system's place as root, else the user's (stack, section 1). */
export function defaultDataFolder(env: Readonly<NodeJS.ProcessEnv>): string {
  if (process.getuid?.() === 0) return '/var/lib/tripline';
  const home = env.HOME || homedir();
  if (process.platform === 'darwin') return join(home, 'Library', 'Application Support', 'tripline');
  const given = env.XDG_DATA_HOME ?? '';
  return join(isAbsolute(given) ? given : join(home, '.local', 'share'), 'tripline');
}
