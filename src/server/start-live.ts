import type { Logger } from 'pino';
import { identityChangedElsewhere, onIdentityChange } from '../directory/identity-changes.ts';
import type { Database } from '../store/database.ts';
import { Hub } from '../wire/live/hub.ts';
import type { Life } from './life.ts';
import type { CallLine } from './open-line.ts';
import { repeat } from './repeat.ts';
import type { Settings } from './settings/schema.ts';

/** Far more often than proxies and sockets give up what is silent. */
const ROUND_EVERY_MS = 15_000;

/** What tells pages and programs of changes as they are committed, on whichever node. */
export function startLive(
  database: Database,
  settings: Pick<Settings, 'liveReaders' | 'liveReadersPerPerson'>,
  calls: CallLine | undefined,
  life: Life,
  logger: Logger,
): Hub {
  const onFault = (error: unknown) => logger.warn({ err: error }, 'somebody who listens could not be told');
  const hub = new Hub({
    database,
    line: calls?.line,
    most: settings.liveReaders,
    mostPerPerson: settings.liveReadersPerPerson,
    onIdentity: () => identityChangedElsewhere(database),
    onFault,
  });
  onIdentityChange(database, () => hub.identityChanged());
  calls?.onFound(() => hub.lineFound());
  const rounds = repeat(ROUND_EVERY_MS, () => hub.round(), onFault);
  life.add(() => rounds.stop());
  return hub;
}
