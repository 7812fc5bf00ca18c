import type { Logger } from 'pino';
import type { IntegrationId } from '../model/ids.ts';
import type { Ground } from '../store/ground.ts';
import type { TrackingRoom } from '../tracking/room.ts';
import { Rulebooks } from '../tracking/rulebooks.ts';
import { watchHeartbeats } from '../tracking/watch-heartbeats.ts';
import { WindowCache } from '../tracking/window-cache.ts';
import type { Life } from './life.ts';
import { repeat } from './repeat.ts';

const HEARTBEATS_EVERY_MS = 1_000;

/** The room that stores runs and fires automations, and its watch over runs that fall silent. */
export function startTracking(
  ground: Ground,
  life: Life,
  logger: Logger,
  ways: Pick<TrackingRoom, 'runUrl'> & { woken: (destinations: readonly IntegrationId[]) => void },
): TrackingRoom {
  const room: TrackingRoom = {
    ground,
    rulebooks: new Rulebooks((fault) => logger.error(fault, 'an automation cannot be compiled and will not fire')),
    windows: new WindowCache(),
    ...ways,
  };
  const listeningSince = ground.clock.now();
  const watch = repeat(
    HEARTBEATS_EVERY_MS,
    () => watchHeartbeats(room, listeningSince),
    (error) => logger.error(error, 'runs without a heartbeat could not be looked at'),
  );
  life.add(() => watch.stop());
  return room;
}
