import { FRESH_METER, takeTurn } from '../engine/flood-limit.ts';
import type { Transaction } from '../store/database.ts';
import type { NewExecution, NewFirings } from '../store/executions.ts';
import type { Latch } from '../store/latches.ts';
import { type KeptMeter, lockMeters, type MeterKey, saveMeters } from '../store/meters.ts';
import { type Answered, countRepeats } from '../store/skips.ts';
import type { TrackingRoom } from './room.ts';

/** What deeds cause, with the latches of those executions that fire once in 24 hours for their run. */
export interface LatchedFirings extends NewFirings {
  readonly latches: readonly Latch[];
}

/**
 * Gives what a whole batch fires its turns: what comes too fast waits, and what finds no room is skipped (automations,
 * section 2.9). Locks the meters of the automations that deliver something, and none when nothing does: call it after
 * the locks of runs and before those of deadlines (data model, section 6). A skipped match sets no latch; while it is
 * the run's newest of its automation, further ones are counted on it and leave neither event nor execution.
 *
 * @returns what is to be saved
 */
export async function meterFirings(
  room: Pick<TrackingRoom, 'ground' | 'floodLimits'>,
  tx: Transaction,
  firings: LatchedFirings,
): Promise<LatchedFirings> {
  const keys = new Map(firings.executions.filter(isDelivered).map((each) => [meterName(each), keyOf(each)]));
  if (keys.size === 0) return firings;
  const meters = new Map((await lockMeters(tx, [...keys.values()])).map((meter) => [meterName(meter), meter]));
  const executions = firings.executions.map((execution) => metered(room, execution, meters));
  await saveMeters(tx, [...meters.values()]);
  return withoutRepeats(tx, { ...firings, executions });
}

/** An action that does nothing floods nobody. */
function isDelivered({ destinationId }: NewExecution): boolean {
  return destinationId !== undefined;
}

/** Takes the turn of one execution, and notes it in the meters. */
function metered(
  { ground, floodLimits }: Pick<TrackingRoom, 'ground' | 'floodLimits'>,
  execution: NewExecution,
  meters: Map<string, KeptMeter>,
): NewExecution {
  if (!isDelivered(execution)) return execution;
  const name = meterName(execution);
  const now = ground.clock.now();
  const turn = takeTurn(meters.get(name) ?? FRESH_METER, now, floodLimits);
  if (turn.kind === 'skipped') return { ...execution, skipped: turn.reason };
  meters.set(name, { ...keyOf(execution), ...turn.meter });
  return turn.at > now ? { ...execution, dueAt: turn.at } : execution;
}

/** Leaves out the latches of skipped matches, and those matches that are counted on an earlier one instead. */
async function withoutRepeats(
  tx: Transaction,
  { events, executions, latches }: LatchedFirings,
): Promise<LatchedFirings> {
  const subjectOf = new Map(events.map(({ eventId, subjectId }) => [eventId, subjectId]));
  const answeredBy = ({ tenantId, automationId, eventId }: NewExecution): Answered => {
    return { tenantId, automationId, subjectId: subjectOf.get(eventId) ?? '' };
  };
  const latchNames = new Set(latches.map(latchName));
  const skipped = executions.filter((each) => each.skipped !== undefined && latchNames.has(nameOf(answeredBy(each))));
  if (skipped.length === 0) return { events, executions, latches };
  const repeated = new Set((await countRepeats(tx, skipped.map(answeredBy), 'rate_limited')).map(nameOf));
  const unlatched = new Set(skipped.map((each) => nameOf(answeredBy(each))));
  // the event of a latched match is its own: it fires this one automation
  const dropped = new Set(
    skipped.filter((each) => repeated.has(nameOf(answeredBy(each)))).map(({ eventId }) => eventId),
  );
  return {
    events: events.filter(({ eventId }) => !dropped.has(eventId)),
    executions: executions.filter(({ eventId }) => !dropped.has(eventId)),
    latches: latches.filter((latch) => !unlatched.has(latchName(latch))),
  };
}

const keyOf = ({ tenantId, automationId }: MeterKey): MeterKey => ({ tenantId, automationId });
const meterName = ({ tenantId, automationId }: MeterKey): string => `${tenantId} ${automationId}`;
const nameOf = ({ subjectId, ...key }: Answered): string => `${meterName(key)} ${subjectId}`;
const latchName = ({ runId, ...key }: Latch): string => nameOf({ ...key, subjectId: runId });
