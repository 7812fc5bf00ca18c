import type { FloodLimits } from '../engine/flood-limit.ts';
import type { IntegrationId } from '../model/ids.ts';
import type { Ground } from '../store/ground.ts';
import type { ColumnsWanted } from '../store/history-columns.ts';
import type { PageUrls } from '../store/page-urls.ts';
import type { HeldCounts } from './held-counts.ts';
import type { Rulebooks } from './rulebooks.ts';
import type { TrackingWatch } from './watch.ts';
import type { WindowCache } from './window-cache.ts';

/** What the deeds of tracking need beside their input. */
export interface TrackingRoom extends PageUrls {
  readonly ground: Ground;
  readonly rulebooks: Rulebooks;
  readonly windows: WindowCache;
  /** What policies hold back, until it is saved. */
  readonly held: HeldCounts;
  /** How often one automation may fire. */
  readonly floodLimits: FloodLimits;
  /** Told after a commit which destinations have new work. */
  readonly woken: (destinations: readonly IntegrationId[]) => void;
  /** Told of runs whose history is worth columns: one that has ended, one whose reader met many bare lines. */
  readonly columnsWanted: ColumnsWanted;
  /** Absent when nobody counts. */
  readonly watch?: TrackingWatch;
}
