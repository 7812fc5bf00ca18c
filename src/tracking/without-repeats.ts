import type { Instant } from '../model/clock.ts';
import type { EventId } from '../model/ids.ts';
import type { Transaction } from '../store/database.ts';
import { type Answered, countRepeats } from '../store/repeats.ts';
import {
  type LatchedFirings,
  type LatchMove,
  type MeteredFirings,
  type SkippedFirings,
  skippedFirings,
} from './latch-moves.ts';

/** Matches of one automation on one run that found no room: the first of them stands for all. */
interface Skipped extends Answered {
  readonly first: EventId;
  readonly further: readonly EventId[];
  /** Whether an earlier match of the same deed found room: it is then newer than all that is stored. */
  readonly isPreceded: boolean;
}

/**
 * Leaves out those matches that found no room and are counted on an earlier one instead, which may be stored or of the
 * same deed; only where their events are their own.
 */
export async function withoutRepeats(tx: Transaction, firings: LatchedFirings, now: Instant): Promise<MeteredFirings> {
  const { events, executions, moves } = firings;
  const names = skippedFirings(executions);
  const skipped = moves.filter(({ ownEvents }) => ownEvents).flatMap((move) => skippedOf(move, names));
  if (skipped.length === 0) return { ...firings, skipped: names };
  const following = skipped.filter(({ isPreceded }) => !isPreceded);
  const stored = following.length === 0 ? [] : await countRepeats(tx, following, 'rate_limited', now);
  const counted = new Set(stored.map(nameOf));
  const [dropped, repeats] = [new Set<EventId>(), new Map<EventId, number>()];
  for (const each of skipped) {
    if (!each.isPreceded && counted.has(nameOf(each))) dropped.add(each.first);
    else if (each.further.length > 0) repeats.set(each.first, each.further.length);
    for (const eventId of each.further) dropped.add(eventId);
  }
  const kept = executions.filter(({ eventId }) => !dropped.has(eventId));
  return {
    events: events.filter(({ eventId }) => !dropped.has(eventId)),
    executions: kept.map((execution) => {
      const count = repeats.get(execution.eventId);
      return count === undefined ? execution : { ...execution, repeats: count };
    }),
    moves,
    skipped: names,
  };
}

function skippedOf({ tenantId, runId, automationId, firings }: LatchMove, skipped: SkippedFirings): Skipped[] {
  const ids = firings.map(({ eventId }) => eventId).filter((eventId) => skipped.has({ automationId, eventId }));
  const [first, ...further] = ids;
  if (first === undefined) return [];
  const isPreceded = ids.length < firings.length;
  return [{ tenantId, subjectId: runId, automationId, count: ids.length, first, further, isPreceded }];
}

type Named = Pick<Answered, 'tenantId' | 'subjectId' | 'automationId'>;

const nameOf = ({ tenantId, subjectId, automationId }: Named): string => `${tenantId} ${automationId} ${subjectId}`;
