import { validLatch } from '../engine/latch.ts';
import type { Instant } from '../model/clock.ts';
import type { AutomationId, EventId } from '../model/ids.ts';
import type { NewExecution, NewFirings } from '../store/executions.ts';
import type { Latch, LatchKey } from '../store/latches.ts';
import type { Repeats } from '../store/repeats.ts';
import type { HeldCount } from './held-counts.ts';

/** What a deed makes of a latch, before it is known which of its firings find room. */
export interface LatchMove extends LatchKey {
  readonly conditionRevision: number;
  /** When its firings were, and the matches that were held back. */
  readonly at: Instant;
  readonly stored: Latch | undefined;
  /** In their order. */
  readonly firings: readonly { readonly eventId: EventId; readonly line: number | null }[];
  /** Whether the condition is false, or was since the last of the firings. */
  readonly armed: boolean;
  /** Matches that were held back: before the first firing, and after each. */
  readonly held: readonly number[];
  /** Whether the event of each firing fires this one automation. */
  readonly ownEvents: boolean;
}

/** What deeds cause, and what it makes of latches. */
export interface LatchedFirings extends NewFirings {
  readonly moves: readonly LatchMove[];
}

/** What of it is to be saved. */
export interface MeteredFirings extends LatchedFirings {
  /** Also of those that are counted on an earlier one instead of being saved. */
  readonly skipped: SkippedFirings;
}

/** Which firings found no room. */
export interface SkippedFirings {
  has(firing: { readonly automationId: AutomationId; readonly eventId: EventId }): boolean;
}

export function skippedFirings(executions: readonly NewExecution[]): SkippedFirings {
  const names = new Set(executions.filter(({ skipped }) => skipped !== undefined).map(firingText));
  return { has: (firing) => names.size > 0 && names.has(firingText(firing)) };
}

/**
 * The latch to save; `undefined` when it stays. A firing that found no room leaves no trace in it: the next match
 * fires when there is room (automations, section 2.9).
 */
export function movedLatch(move: LatchMove, skipped: SkippedFirings): Latch | undefined {
  const { tenantId, runId, automationId, conditionRevision, firings, at } = move;
  const newest = firings.at(-1);
  const last = firings.findLast(({ eventId }) => !skipped.has({ automationId, eventId }));
  const armed = move.armed || newest !== last;
  if (last !== undefined) {
    const key = { tenantId, runId, automationId, conditionRevision };
    const fired = { lastFiredAt: at, lastLine: last.line, eventId: last.eventId };
    return { ...key, ...fired, armed, held: 0, lastHeldAt: null };
  }
  const valid = validLatch(move.stored, move);
  return valid === undefined || valid.armed === armed ? undefined : { ...valid, armed };
}

/** What the latch before a new firing counted: from now on the execution that it was of says so. */
export function retiredCounts(stored: Latch | undefined, next: Pick<Latch, 'eventId'>): Repeats[] {
  if (stored === undefined || stored.eventId === null || stored.eventId === next.eventId || stored.held === 0)
    return [];
  const { tenantId, automationId, eventId, held, lastHeldAt } = stored;
  return [{ tenantId, automationId, eventId, count: held, at: lastHeldAt ?? 0 }];
}

/** What is to be counted as held back, and on which firing. */
export function heldCounts(move: LatchMove, skipped: SkippedFirings): HeldCount[] {
  const { tenantId, runId, automationId, conditionRevision, firings, at } = move;
  let eventId = validLatch(move.stored, move)?.eventId ?? null;
  return move.held.flatMap((held, place): HeldCount[] => {
    const firing = firings[place - 1];
    if (firing !== undefined && !skipped.has({ automationId, ...firing })) eventId = firing.eventId;
    return held === 0 ? [] : [{ tenantId, runId, automationId, conditionRevision, eventId, held, at }];
  });
}

function firingText({ automationId, eventId }: { automationId: AutomationId; eventId: EventId }): string {
  return `${eventId} ${automationId}`;
}
