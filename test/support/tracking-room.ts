import type { Ground } from '../../src/store/ground.ts';
import { HeldCounts } from '../../src/tracking/held-counts.ts';
import type { TrackingRoom } from '../../src/tracking/room.ts';
import { Rulebooks } from '../../src/tracking/rulebooks.ts';
import { WindowCache } from '../../src/tracking/window-cache.ts';
import { explainRoom } from './explain-room.ts';

/** What deeds of tracking need, where nobody delivers what they cause. */
export function trackingRoom(ground: Ground): TrackingRoom {
  return {
    ...explainRoom(ground),
    rulebooks: new Rulebooks(() => {}),
    windows: new WindowCache(64 * 1024 * 1024),
    held: new HeldCounts(),
    woken: () => {},
  };
}
