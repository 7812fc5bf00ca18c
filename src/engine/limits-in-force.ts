import type { Instant } from '../model/clock.ts';
import type { AutomationRecord } from './automation.ts';
import { type FloodLimits, FRESH_METER, type Meter, strictest, takeTurn } from './flood-limit.ts';
import { type Latch, restOf } from './latch.ts';

export const LIMIT_KINDS = [
  'disabled',
  'created_later',
  'condition_edited',
  'cooldown',
  /** It has fired for the run, and its policy lets it do so once. */
  'fired_once',
  /** Its condition must be false once before it fires again. */
  'awaits_crossing',
  /** It fires, and nothing is sent. */
  'dry_run',
  'flood_wait',
  'flood_skip',
] as const;

export type LimitKind = (typeof LIMIT_KINDS)[number];

/** What keeps an automation from firing whatever its condition says, or delays it. */
export interface LimitInForce {
  readonly kind: LimitKind;
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
  /** Of an automation that has fired for the run. */
  readonly latch: Latch | undefined;
  readonly meter: Meter | undefined;
  /** Of the server. */
  readonly floodLimits: FloodLimits;
}

/** What of an automation decides which limits there are. */
export type Limitable = Pick<
  AutomationRecord,
  'createdAt' | 'conditionRevision' | 'event' | 'policy' | 'dryRun' | 'floodLimits'
>;

/** The limits in force, those that need a person first (automations, sections 2.8 to 2.10). */
export function limitsInForce(automation: Limitable, facts: LimitFacts): readonly LimitInForce[] {
  return [
    ...ofDefinition(automation, facts),
    ...ofPolicy(automation, facts),
    ...ofDryRun(automation),
    ...ofFlood(automation, facts),
  ];
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

function ofPolicy(automation: Limitable, { latch, now }: LimitFacts): LimitInForce[] {
  const rest = restOf(automation, latch, now);
  const since = latch?.lastFiredAt ?? null;
  if (rest === undefined || since === null) return [];
  const fired = `it fired for this run at ${iso(since)}`;
  switch (rest.kind) {
    case 'until':
      return [{ kind: 'cooldown', words: `${fired} and rests until ${iso(rest.at)}`, since, until: rest.at }];
    case 'for_good':
      return [{ kind: 'fired_once', words: `${fired}, and fires once per run`, since, until: null }];
    case 'until_crossing': {
      const words = `${fired}, and its condition must be false once before it fires again`;
      return [{ kind: 'awaits_crossing', words, since, until: null }];
    }
  }
}

function ofDryRun({ dryRun }: Limitable): LimitInForce[] {
  const words = 'it is a dry run: what would be sent is recorded, and nothing is sent';
  return dryRun ? [{ kind: 'dry_run', words, since: null, until: null }] : [];
}

function ofFlood(
  { floodLimits: own }: Limitable,
  { meter = FRESH_METER, floodLimits, now }: LimitFacts,
): LimitInForce[] {
  const turn = takeTurn(meter, now, strictest(floodLimits, own));
  if (turn.kind === 'skipped') {
    const words = 'it fired so often that further firings are skipped (rate_limited)';
    return [{ kind: 'flood_skip', words, since: null, until: null }];
  }
  if (turn.at <= now) return [];
  const words = `it fired so often that the next firing waits for its turn at ${iso(turn.at)}`;
  return [{ kind: 'flood_wait', words, since: null, until: turn.at }];
}

const iso = (instant: Instant): string => new Date(instant).toISOString();
