import type { Instant } from '../model/clock.ts';
import type { AutomationRecord } from './automation.ts';
import { DEFAULT_COOLDOWN_MS } from './policy.ts';

/** What is remembered of an automation's firings for one run, under one condition. */
export interface Latch {
  readonly conditionRevision: number;
  /** `null` when it has not fired. */
  readonly lastFiredAt: Instant | null;
  /** Whether the condition was false since it fired: what a policy of every crossing waits for. */
  readonly armed: boolean;
}

/** What keeps an automation from firing for a run although its condition holds. */
export type Rest =
  | { readonly kind: 'until'; readonly at: Instant }
  | { readonly kind: 'for_good' }
  /** Until the condition has been false once. */
  | { readonly kind: 'until_crossing' };

/** What of an automation decides how often it fires. */
export type Limited = Pick<AutomationRecord, 'event' | 'policy' | 'conditionRevision'>;

/** The latch if it is of the automation's present condition: an edited condition starts anew (automations, 2.8). */
export function validLatch<Kept extends Latch>(
  latch: Kept | undefined,
  { conditionRevision }: Pick<Limited, 'conditionRevision'>,
): Kept | undefined {
  return latch?.conditionRevision === conditionRevision ? latch : undefined;
}

/** Whether, and for how long, an automation rests for a run; `undefined` when it may fire (automations, section 2.8). */
export function restOf(automation: Limited, latch: Latch | undefined, now: Instant): Rest | undefined {
  const valid = validLatch(latch, automation);
  if (valid === undefined || valid.lastFiredAt === null) return undefined;
  const { policy } = automation;
  switch (policy.kind) {
    case 'default':
      return automation.event.type === 'RUN_STATE' ? undefined : restFor(DEFAULT_COOLDOWN_MS, valid.lastFiredAt, now);
    case 'cooldown':
      return restFor(policy.seconds * 1000, valid.lastFiredAt, now);
    case 'once_per_run':
      return { kind: 'for_good' };
    case 'every_crossing':
      return valid.armed ? undefined : { kind: 'until_crossing' };
  }
}

function restFor(cooldown: number, lastFiredAt: Instant, now: Instant): Rest | undefined {
  const at = lastFiredAt + cooldown;
  return now < at ? { kind: 'until', at } : undefined;
}
