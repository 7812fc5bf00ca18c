import type { Instant } from '../model/clock.ts';

/** How often one automation may fire (automations, section 2.9). */
export interface FloodLimits {
  /** Firings that start at once after a rest. */
  readonly atOnce: number;
  /** Firings a minute that start after those. */
  readonly perMinute: number;
  /** Firings that may wait for their turn; what comes on top is skipped. */
  readonly waiting: number;
  /** Firings that are made within 24 hours; what comes on top is skipped. */
  readonly perDay: number;
}

export const DEFAULT_FLOOD_LIMITS: FloodLimits = { atOnce: 120, perMinute: 60, waiting: 1000, perDay: 10_000 };

/** Limits that an automation has of its own. */
export type OwnFloodLimits = { readonly [Name in keyof FloodLimits]?: FloodLimits[Name] | undefined };

/** Of the server's limits and an automation's own the stricter ones: a member cannot lift what an operator set. */
export function strictest(limits: FloodLimits, own: OwnFloodLimits | null): FloodLimits {
  const stricter = (name: keyof FloodLimits): number => Math.min(limits[name], own?.[name] ?? limits[name]);
  return {
    atOnce: stricter('atOnce'),
    perMinute: stricter('perMinute'),
    waiting: stricter('waiting'),
    perDay: stricter('perDay'),
  };
}

/** What is remembered of an automation's firings. */
export interface Meter {
  /** When the turn after the last one comes, if all turns of a rest are left unused. */
  readonly turnAt: Instant;
  /** Hours since 1970 of the newest count. */
  readonly hour: number;
  /** Firings made, by hours, the newest first. */
  readonly made: readonly number[];
  /** When a firing last found no room. */
  readonly skippedAt: Instant;
}

/** Of an automation that has never fired. */
export const FRESH_METER: Meter = {
  turnAt: Number.NEGATIVE_INFINITY,
  hour: 0,
  made: [],
  skippedAt: Number.NEGATIVE_INFINITY,
};

/** The turn of one firing: when it may start, or that there is no room for it. */
export type Turn =
  | { readonly kind: 'at'; readonly at: Instant; readonly meter: Meter }
  /** `begins`: none was skipped in the 24 hours before. */
  | { readonly kind: 'skipped'; readonly reason: 'rate_limited'; readonly begins: boolean; readonly meter: Meter };

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
/** The hour that is running, and those that lie, if only in part, within the 24 hours before now. */
const COUNTED_HOURS = 25;

/**
 * Gives one firing its turn, by the generic cell rate algorithm: one instant says when the next turn comes. What a
 * day allows is counted by whole hours, so that in no 24 hours more are made, and room returns with a full hour.
 */
export function takeTurn(meter: Meter, now: Instant, limits: FloodLimits): Turn {
  const interval = MINUTE_MS / limits.perMinute;
  const counted = countedAt(meter, now);
  const turnAt = Math.max(meter.turnAt, now);
  const at = Math.max(now, turnAt - (limits.atOnce - 1) * interval);
  const made = counted.made.reduce((sum, count) => sum + count, 0);
  if (at - now > limits.waiting * interval || made >= limits.perDay) {
    const begins = now - meter.skippedAt >= DAY_MS;
    return { kind: 'skipped', reason: 'rate_limited', begins, meter: { ...meter, skippedAt: now } };
  }
  const [newest = 0, ...older] = counted.made;
  return {
    kind: 'at',
    at: Math.ceil(at),
    meter: { ...meter, turnAt: turnAt + interval, hour: counted.hour, made: [newest + 1, ...older] },
  };
}

/** The counts as they stand at an instant; a clock that was set back counts on in the newest hour. */
function countedAt({ hour, made }: Meter, now: Instant): Pick<Meter, 'hour' | 'made'> {
  const current = Math.max(hour, Math.floor(now / HOUR_MS));
  const passed = Math.min(current - hour, COUNTED_HOURS);
  return { hour: current, made: [...Array<number>(passed).fill(0), ...made].slice(0, COUNTED_HOURS) };
}
