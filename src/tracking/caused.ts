import { destinationOf } from '../actions/index.ts';
import type { AutomationRecord } from '../engine/automation.ts';
import { type CapturedEvent, whereabouts } from '../events/index.ts';
import type { Instant } from '../model/clock.ts';
import type { EventId, IntegrationId } from '../model/ids.ts';
import type { Json } from '../model/json.ts';
import type { LargeIds } from '../model/large-id.ts';
import type { NewEvent, NewExecution, NewFirings } from '../store/executions.ts';
import type { Ground } from '../store/ground.ts';
import type { RunHead } from '../store/run-heads.ts';

/** An automation that an event fires, and why. */
export interface Match {
  readonly automation: Pick<AutomationRecord, 'id' | 'revision' | 'action'> &
    Partial<Pick<AutomationRecord, 'dryRun' | 'floodLimits'>>;
  readonly explanation: Json;
}

/** What an event is about. Its tenant owns it. */
export type EventSubject = Pick<NewEvent, 'tenantId' | 'projectId' | 'subjectKind' | 'subjectId' | 'collectionId'>;

export function aboutRun({ tenantId, projectId, runId }: RunHead): EventSubject {
  return { tenantId, projectId, subjectKind: 'run', subjectId: runId };
}

/** The events that a deed causes, in their order, and what they fire. */
export class Caused implements NewFirings {
  readonly events: NewEvent[] = [];
  readonly executions: NewExecution[] = [];
  readonly #ids: LargeIds;
  readonly #now: Instant;

  /** @param now when the deed happens: one instant for all that is stored of it */
  constructor({ ids, clock }: Pick<Ground, 'ids' | 'clock'>, now = clock.now()) {
    this.#ids = ids;
    this.#now = now;
  }

  get now(): Instant {
    return this.#now;
  }

  /** @returns the id of the event */
  add(subject: EventSubject, captured: CapturedEvent, matches: readonly Match[]): EventId {
    const { tenantId } = subject;
    const eventId = this.#ids.next<EventId>(this.#now);
    const { author } = whereabouts(captured);
    this.events.push({ ...subject, eventId, type: captured.type, author, occurredAt: this.#now, captured });
    for (const { automation, explanation } of matches) {
      this.executions.push({
        tenantId,
        eventId,
        automationId: automation.id,
        revision: automation.revision,
        actionType: automation.action.type,
        destinationId: destinationOf(automation.action),
        explanation,
        createdAt: this.#now,
        dryRun: automation.dryRun ?? false,
        floodLimits: automation.floodLimits ?? null,
      });
    }
    return eventId;
  }

  /** The destinations that have new work. */
  get destinations(): IntegrationId[] {
    const found = this.executions.flatMap((execution) => execution.destinationId ?? []);
    return [...new Set(found)];
  }
}
