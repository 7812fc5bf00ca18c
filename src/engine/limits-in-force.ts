import type { Instant } from '../model/clock.ts';
import type { AutomationRecord } from './automation.ts';
import { type FloodLimits, FRESH_METER, type Meter, takeTurn } from './flood-limit.ts';
import type { Latch } from './latch.ts';
import { restsUntil } from './rest.ts';

/** What keeps an automation from firing whatever its condition says, or delays it. */
export interface LimitInForce {
  readonly kind: 'disabled' | 'created_later' | 'condition_edited' | 'cooldown' | 'flood_wait' | 'flood_skip';
  /** For people. */
  readonly words: string;
  /** When it began; `null` where that is not known. */
  readonly since: Instant | null;
  /** When it ends by itself; `null` when it does not. */
  readonly until: Instant | null;
}

/** What decides which limits are in force for a subject at an instant. */
export interface LimitFacts {
  readonly now: Instant;
  readonly enabled: boolean;
  readonly enabledSince: Instant;
  readonly conditionSince: Instant;
  /** When the subject's newest value or event came; `undefined` when there is none. */
  readonly newest: Instant | undefined;
  /** Of a metric automation that has fired for the run. */
  readonly latch: Latch | undefined;
  readonly meter: Meter | undefined;
  readonly floodLimits: FloodLimits;
}

/** The limits in force, those that need a person first (automations, sections 2.8 to 2.10). */
export function limitsInForce(
  automation: Pick<AutomationRecord, 'createdAt' | 'conditionRevision'>,
  facts: LimitFacts,
): readonly LimitInForce[] {
  return [...ofDefinition(automation, facts), ...ofCooldown(automation, facts), ...ofFlood(facts)];
}

function ofDefinition({ createdAt }: Pick<AutomationRecord, 'createdAt'>, facts: LimitFacts): LimitInForce[] {
  const { enabled, enabledSince, conditionSince, newest } = facts;
  if (!enabled) {
    const words = 'the automation is disabled: it evaluates nothing until it is enabled';
    return [{ kind: 'disabled', words, since: enabledSince, until: null }];
  }
  if (newest === undefined || newest >= Math.max(enabledSince, conditionSince)) return [];
  if (newest < createdAt) {
    const words = 'the automation was created later than everything that came: it waits for what comes next';
    return [{ kind: 'created_later', words, since: createdAt, until: null }];
  }
  const edited = conditionSince > newest;
  const words = `the automation was ${edited ? 'edited' : 'enabled'} after everything that came: it waits for what comes next`;
  return [{ kind: 'condition_edited', words, since: edited ? conditionSince : enabledSince, until: null }];
}

function ofCooldown(
  automation: Pick<AutomationRecord, 'conditionRevision'>,
  { latch, now }: LimitFacts,
): LimitInForce[] {
  const until = restsUntil(latch, automation, now);
  if (latch === undefined || until === undefined) return [];
  const words = `it fired for this run at ${iso(latch.lastFiredAt)} and rests until ${iso(until)}`;
  return [{ kind: 'cooldown', words, since: latch.lastFiredAt, until }];
}

function ofFlood({ meter = FRESH_METER, floodLimits, now }: LimitFacts): LimitInForce[] {
  const turn = takeTurn(meter, now, floodLimits);
  if (turn.kind === 'skipped') {
    const words = 'it fired so often that further firings are skipped (rate_limited)';
    return [{ kind: 'flood_skip', words, since: null, until: null }];
  }
  if (turn.at <= now) return [];
  const words = `it fired so often that the next firing waits for its turn at ${iso(turn.at)}`;
  return [{ kind: 'flood_wait', words, since: null, until: turn.at }];
}

const iso = (instant: Instant): string => new Date(instant).toISOString();
