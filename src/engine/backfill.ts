import type { Instant } from '../model/clock.ts';
import type { Options } from './options.ts';

/**
 * Whether a value is too old to fire anything (automations, section 2.8, "Offline runs synced later").
 *
 * @param timestamp `_timestamp` of its line, in seconds since 1970 by the client's clock; one without is not old
 * @param now when it arrived
 */
export function isBackfill(backfill: Options['backfill'], timestamp: number | null, now: Instant): boolean {
  if (backfill.kind === 'fire' || timestamp === null) return false;
  return now - timestamp * 1000 > backfill.olderThanSeconds * 1000;
}
