import { insertAttempts, type NewAttempt } from '../store/attempts.ts';
import type { Transaction } from '../store/database.ts';
import { type Postponed, postponeDeliveries, removeDeliveries } from '../store/deliveries.ts';
import { keepPayloads, type RenderedPayload } from '../store/delivery-work.ts';
import { type DestinationMark, markDestinations } from '../store/destination-marks.ts';
import { changeStatuses } from '../store/execution-status.ts';
import { destinationMarks, type LastKnown } from './destination-marks.ts';
import { type IntegrationTrouble, judgeIntegrations } from './judge-integrations.ts';
import type { Outcome } from './outcome.ts';
import type { DeliveryRoom } from './room.ts';
import { tellTrouble } from './tell-trouble.ts';

/** Outcomes that are stored, and the integrations that get nothing more because of them. */
export interface Recorded {
  readonly outcomes: readonly Outcome[];
  readonly troubles: readonly IntegrationTrouble[];
  /** What was written of their destinations. */
  readonly marks: readonly DestinationMark[];
}

/**
 * Records attempts and their outcomes, or the times of the next ones, in one transaction; of those deliveries only
 * that are still ours: of the others another owner makes the outcome, and ours is discarded.
 *
 * @param lastOf what is known to be written of a destination
 * @returns what was recorded
 */
export function recordOutcomes(
  { ground }: Pick<DeliveryRoom, 'ground'>,
  outcomes: readonly Outcome[],
  lastOf: LastKnown,
): Promise<Recorded> {
  return ground.database.transaction(async (tx) => {
    const ours = await settle(tx, outcomes);
    if (ours.length === 0) return { outcomes: [], troubles: [], marks: [] };
    const attempts = ours.flatMap(attemptsOf);
    const rendered = ours.flatMap(renderedOf);
    const [troubles] = await Promise.all([
      judgeIntegrations(tx, ours),
      attempts.length > 0 && insertAttempts(tx, attempts),
      rendered.length > 0 && keepPayloads(tx, rendered),
      changeStatuses(
        tx,
        ours.map(({ claimed, status }) => ({ key: claimed, ...status })),
      ),
    ]);
    const marks = destinationMarks(ours, lastOf);
    if (marks.length > 0) await markDestinations(tx, marks);
    await tellTrouble(ground, tx, troubles);
    return { outcomes: ours, troubles, marks };
  });
}

/** Takes deliveries out of the queue or puts them back; answers the outcomes of those that were still ours. */
async function settle(tx: Transaction, outcomes: readonly Outcome[]): Promise<Outcome[]> {
  const done = outcomes.filter(({ nextAt }) => nextAt === undefined);
  const later = outcomes.flatMap((outcome) => {
    const delivery = postponedOf(outcome);
    return delivery === undefined ? [] : [{ outcome, delivery }];
  });
  const [removed, postponed] = await Promise.all([
    done.length === 0
      ? []
      : removeDeliveries(
          tx,
          done.map(({ claimed }) => claimed),
        ),
    later.length === 0
      ? []
      : postponeDeliveries(
          tx,
          later.map(({ delivery }) => delivery),
        ),
  ]);
  return [
    ...removed.flatMap((place) => done[place] ?? []),
    ...postponed.flatMap((place) => later[place]?.outcome ?? []),
  ];
}

/** A claim that led to no attempt does not count as one. */
function postponedOf({ claimed, attempt, nextAt }: Outcome): Postponed | undefined {
  const tries = attempt === undefined ? claimed.tries - 1 : claimed.tries;
  return nextAt === undefined ? undefined : { ...claimed, tries, dueAt: nextAt };
}

function attemptsOf({ claimed, attempt }: Outcome): NewAttempt[] {
  return attempt === undefined ? [] : [{ key: claimed, step: claimed.step, attempt }];
}

function renderedOf({ claimed, rendered }: Outcome): RenderedPayload[] {
  return rendered === undefined ? [] : [{ key: claimed, payload: rendered }];
}
