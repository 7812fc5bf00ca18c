import type { ServerFacts } from '../wire/rest/server-schemas.ts';
import type { LaidGround } from './lay-ground.ts';
import { tellBlobs } from './open-blobs.ts';
import { servesLoopbackOnly } from './open-guarded.ts';
import { SETTINGS, type Settings } from './settings/schema.ts';
import { masterKeyFile } from './settle-master-key.ts';
import { VERSION } from './version.ts';

/** What this process tells its operator of itself. @param fault why secrets stay locked */
export function factsOf(
  settings: Settings,
  { ground, place, node }: LaidGround,
  fault: string | undefined,
): Omit<ServerFacts, 'settings'> {
  return {
    version: VERSION,
    startedAt: ground.clock.now(),
    node,
    database: { kind: settings.databaseUrl === undefined ? 'embedded' : 'external', place },
    files: tellBlobs(settings),
    masterKey: {
      keptIn: settings.masterKey === undefined ? masterKeyFile(settings) : SETTINGS.masterKey.variable,
      fault,
    },
    loopbackAllowed: servesLoopbackOnly(settings),
  };
}
