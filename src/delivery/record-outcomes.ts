import { insertAttempts, type NewAttempt } from '../store/attempts.ts';
import { lockClaimed, type Postponed, postponeDeliveries, removeDeliveries } from '../store/deliveries.ts';
import { keepPayloads, type RenderedPayload } from '../store/delivery-work.ts';
import { changeStatuses } from '../store/execution-status.ts';
import { type IntegrationTrouble, judgeIntegrations } from './judge-integrations.ts';
import type { Outcome } from './outcome.ts';
import type { DeliveryRoom } from './room.ts';
import { tellTrouble } from './tell-trouble.ts';

/** Outcomes that are stored, and the integrations that get nothing more because of them. */
export interface Recorded {
  readonly outcomes: readonly Outcome[];
  readonly troubles: readonly IntegrationTrouble[];
}

/**
 * Records attempts and their outcomes, or the times of the next ones, in one transaction; of those deliveries only
 * that are still ours: of the others another owner makes the outcome, and ours is discarded.
 *
 * @returns what was recorded
 */
export function recordOutcomes(
  { ground }: Pick<DeliveryRoom, 'ground'>,
  outcomes: readonly Outcome[],
): Promise<Recorded> {
  return ground.database.transaction(async (tx) => {
    const locked = await lockClaimed(
      tx,
      outcomes.map(({ claimed }) => claimed),
    );
    const ours = outcomes.filter((_, place) => locked.has(place));
    if (ours.length === 0) return { outcomes: [], troubles: [] };
    const done = ours.filter(({ nextAt }) => nextAt === undefined).map(({ claimed }) => claimed);
    const later = ours.flatMap(postponedOf);
    const attempts = ours.flatMap(attemptsOf);
    const rendered = ours.flatMap(renderedOf);
    const [troubles] = await Promise.all([
      judgeIntegrations(tx, ours),
      done.length > 0 && removeDeliveries(tx, done),
      later.length > 0 && postponeDeliveries(tx, later),
      attempts.length > 0 && insertAttempts(tx, attempts),
      rendered.length > 0 && keepPayloads(tx, rendered),
      changeStatuses(
        tx,
        ours.map(({ claimed, status }) => ({ key: claimed, ...status })),
      ),
    ]);
    await tellTrouble(ground, tx, troubles);
    return { outcomes: ours, troubles };
  });
}

/** A claim that led to no attempt does not count as one. */
function postponedOf({ claimed, attempt, nextAt }: Outcome): Postponed[] {
  const tries = attempt === undefined ? claimed.tries - 1 : claimed.tries;
  return nextAt === undefined ? [] : [{ ...claimed, tries, dueAt: nextAt }];
}

function attemptsOf({ claimed, attempt }: Outcome): NewAttempt[] {
  return attempt === undefined ? [] : [{ key: claimed, step: claimed.step, attempt }];
}

function renderedOf({ claimed, rendered }: Outcome): RenderedPayload[] {
  return rendered === undefined ? [] : [{ key: claimed, payload: rendered }];
}
