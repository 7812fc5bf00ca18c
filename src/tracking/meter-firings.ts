import { FRESH_METER, strictest, takeTurn } from '../engine/flood-limit.ts';
import type { Transaction } from '../store/database.ts';
import type { NewExecution } from '../store/executions.ts';
import { type KeptMeter, lockMeters, type MeterKey, saveMeters } from '../store/meters.ts';
import { type LatchedFirings, type MeteredFirings, skippedFirings } from './latch-moves.ts';
import type { TrackingRoom } from './room.ts';
import { tellFlooded } from './tell-flooded.ts';
import { withoutRepeats } from './without-repeats.ts';

/**
 * Gives what a whole batch fires its turns: what comes too fast waits, and what finds no room is skipped (automations,
 * section 2.9). Locks the meters of the automations that deliver something, and none when nothing does: call it after
 * the locks of runs and before those of deadlines (data model, section 6). A skipped match moves no latch; while it is
 * the run's newest of its automation, further ones are counted on it and leave neither event nor execution.
 *
 * @returns what is to be saved
 */
export async function meterFirings(
  room: Pick<TrackingRoom, 'ground' | 'floodLimits'>,
  tx: Transaction,
  firings: LatchedFirings,
): Promise<MeteredFirings> {
  const keys = new Map(firings.executions.filter(isDelivered).map((each) => [meterName(each), keyOf(each)]));
  if (keys.size === 0) return { ...firings, skipped: skippedFirings([]) };
  const meters = new Map((await lockMeters(tx, [...keys.values()])).map((meter) => [meterName(meter), meter]));
  const flooded: MeterKey[] = [];
  const executions = firings.executions.map((execution) => metered(room, execution, meters, flooded));
  await saveMeters(tx, [...meters.values()]);
  if (flooded.length > 0) await tellFlooded(room, tx, flooded);
  return withoutRepeats(tx, { ...firings, executions }, room.ground.clock.now());
}

/** An action that does nothing floods nobody. */
function isDelivered({ destinationId }: NewExecution): boolean {
  return destinationId !== undefined;
}

/** Takes the turn of one execution, and notes it in the meters; `flooded` takes those where skipping begins. */
function metered(
  { ground, floodLimits }: Pick<TrackingRoom, 'ground' | 'floodLimits'>,
  execution: NewExecution,
  meters: Map<string, KeptMeter>,
  flooded: MeterKey[],
): NewExecution {
  if (!isDelivered(execution)) return execution;
  const name = meterName(execution);
  const now = ground.clock.now();
  const turn = takeTurn(meters.get(name) ?? FRESH_METER, now, strictest(floodLimits, execution.floodLimits ?? null));
  meters.set(name, { ...keyOf(execution), ...turn.meter });
  if (turn.kind === 'skipped') {
    if (turn.begins) flooded.push(keyOf(execution));
    return { ...execution, skipped: turn.reason };
  }
  return turn.at > now ? { ...execution, dueAt: turn.at } : execution;
}

const keyOf = ({ tenantId, automationId }: MeterKey): MeterKey => ({ tenantId, automationId });
const meterName = ({ tenantId, automationId }: MeterKey): string => `${tenantId} ${automationId}`;
