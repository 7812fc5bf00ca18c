import type { Logger } from 'pino';
import type { FloodLimits } from '../engine/flood-limit.ts';
import type { IntegrationId } from '../model/ids.ts';
import type { Ground } from '../store/ground.ts';
import { endVersions } from '../tracking/end-versions.ts';
import { HeldCounts } from '../tracking/held-counts.ts';
import { Intake } from '../tracking/intake.ts';
import type { TrackingRoom } from '../tracking/room.ts';
import { Rulebooks } from '../tracking/rulebooks.ts';
import { saveHeldCounts } from '../tracking/save-held-counts.ts';
import { watchHeartbeats } from '../tracking/watch-heartbeats.ts';
import { watchSettled } from '../tracking/watch-settled.ts';
import { WindowCache } from '../tracking/window-cache.ts';
import type { Life } from './life.ts';
import type { IngestWatch } from './metrics/count-ingest.ts';
import { MORE, repeat } from './repeat.ts';
import type { Settings } from './settings/schema.ts';

const HEARTBEATS_EVERY_MS = 1_000;
const SETTLED_EVERY_MS = 1_000;
const ENDS_EVERY_MS = 1_000;
const HELD_EVERY_MS = 2_000;

type FloodSetting = 'floodAtOnce' | 'floodPerMinute' | 'floodWaiting' | 'floodPerDay';

export interface Tracking {
  readonly room: TrackingRoom;
  readonly intake: Intake;
}

/** What stores runs and fires automations: its room, the intake of history, and the watch over runs that fall silent. */
export function startTracking(
  ground: Ground,
  settings: Pick<Settings, 'tenantsPerTransaction' | 'windowMemory' | FloodSetting>,
  life: Life,
  logger: Logger,
  ways: Pick<TrackingRoom, 'runUrl' | 'artifactUrl' | 'columnsWanted'> & {
    woken: (destinations: readonly IntegrationId[]) => void;
  },
  counted: Pick<IngestWatch, 'tracking' | 'intake'>,
): Tracking {
  const room: TrackingRoom = {
    ground,
    rulebooks: new Rulebooks((fault) => logger.error(fault, 'an automation cannot be compiled and will not fire')),
    windows: new WindowCache(settings.windowMemory),
    held: new HeldCounts(),
    floodLimits: floodLimitsOf(settings),
    ...ways,
    watch: counted.tracking,
  };
  const listeningSince = ground.clock.now();
  const watch = repeat(
    HEARTBEATS_EVERY_MS,
    () => watchHeartbeats(room, listeningSince),
    (error) => logger.error(error, 'runs without a heartbeat could not be looked at'),
  );
  life.add(() => watch.stop());
  const settled = repeat(
    SETTLED_EVERY_MS,
    () => watchSettled(room),
    (error) => logger.error(error, 'runs that stayed in their state could not be looked at'),
  );
  life.add(() => settled.stop());
  const ends = repeat(
    ENDS_EVERY_MS,
    async () => ((await endVersions(room)) > 0 ? MORE : undefined),
    (error) => logger.error(error, 'versions that have lived long enough could not be looked at'),
  );
  life.add(() => ends.stop());
  keepHeldCounts(room, life, logger);
  const intake = new Intake(room, {
    tenants: settings.tenantsPerTransaction,
    watch: counted.intake,
    onBatchFault: (error) => logger.warn({ err: error }, 'history of several runs is stored one by one after a fault'),
  });
  return { room, intake };
}

/** Saves what policies hold back, also what is left of it at the end. */
function keepHeldCounts(room: TrackingRoom, life: Life, logger: Logger): void {
  const fault = (error: unknown) => logger.warn({ err: error }, 'matches held back could not be counted yet');
  const saving = repeat(HELD_EVERY_MS, () => saveHeldCounts(room), fault);
  life.add(async () => {
    await saving.stop();
    await saveHeldCounts(room, true).catch(fault);
  });
}

function floodLimitsOf(settings: Pick<Settings, FloodSetting>): FloodLimits {
  const { floodAtOnce, floodPerMinute, floodWaiting, floodPerDay } = settings;
  return { atOnce: floodAtOnce, perMinute: floodPerMinute, waiting: floodWaiting, perDay: floodPerDay };
}
