import type { IntegrationId } from '../model/ids.ts';
import type { DestinationMark, LastDelivery } from '../store/destination-marks.ts';
import type { Outcome } from './outcome.ts';

/** What this process, as long as nobody else delivers there, knows to be written of a destination. */
export type LastKnown = (id: IntegrationId) => LastDelivery | undefined;

const MINUTE_MS = 60_000;

/**
 * What outcomes leave at their destinations and is not written yet: of several at one destination the newest counts,
 * and the latest of the times to wait for. A destination that goes on as it was is written once a minute: each writing
 * is a row that all its deliveries would wait for.
 */
export function destinationMarks(outcomes: readonly Outcome[], lastOf: LastKnown): DestinationMark[] {
  const found = new Map<IntegrationId, DestinationMark>();
  for (const mark of outcomes.flatMap(markOf)) {
    const before = found.get(mark.destinationId);
    found.set(mark.destinationId, before === undefined ? mark : together(before, mark));
  }
  return [...found.values()].filter((mark) => isNews(mark, lastOf(mark.destinationId)));
}

function markOf({ claimed: { destinationId }, attempt, heldUntil }: Outcome): DestinationMark[] {
  if (attempt === undefined) return [];
  const { startedAt, durationMs, outcome, status, fault } = attempt;
  return [
    { destinationId, last: { at: startedAt + durationMs, outcome, status, fault }, heldUntil: heldUntil ?? null },
  ];
}

function together(a: DestinationMark, b: DestinationMark): DestinationMark {
  const holds = [a.heldUntil, b.heldUntil].filter((hold) => hold !== null);
  const { last } = b.last.at < a.last.at ? a : b;
  return { ...b, last, heldUntil: holds.length === 0 ? null : Math.max(...holds) };
}

function isNews({ last, heldUntil }: DestinationMark, known: LastDelivery | undefined): boolean {
  if (heldUntil !== null || known === undefined || last.at - known.at > MINUTE_MS) return true;
  return last.outcome !== known.outcome || last.status !== known.status || last.fault !== known.fault;
}
