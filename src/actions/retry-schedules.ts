const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/** Delays after each failed attempt, in milliseconds; a webhook names one of these (automations, section 4.6). */
export const RETRY_SCHEDULES = {
  standard: [5 * SECOND, 30 * SECOND, 5 * MINUTE, 30 * MINUTE, 2 * HOUR, 5 * HOUR, 10 * HOUR, 10 * HOUR],
  short: [5 * SECOND, 30 * SECOND, 5 * MINUTE],
  none: [],
} as const satisfies Record<string, readonly number[]>;

export type RetrySchedule = keyof typeof RETRY_SCHEDULES;

export const RETRY_SCHEDULE_NAMES = Object.keys(RETRY_SCHEDULES) as readonly RetrySchedule[];
