import { destinationOf } from '../actions/index.ts';
import type { AutomationRecord } from '../engine/automation.ts';
import type { CapturedEvent } from '../events/index.ts';
import type { Instant } from '../model/clock.ts';
import type { EventId, IntegrationId } from '../model/ids.ts';
import type { Json } from '../model/json.ts';
import type { LargeIds } from '../model/large-id.ts';
import type { NewEvent, NewExecution, NewFirings } from '../store/executions.ts';
import type { RunHead } from '../store/run-heads.ts';

/** An automation that an event fires, and why. */
export interface Match {
  readonly automation: AutomationRecord;
  readonly explanation: Json;
}

/** The events that a deed on one run causes, in their order, and what they fire. */
export class Caused implements NewFirings {
  readonly events: NewEvent[] = [];
  readonly executions: NewExecution[] = [];
  readonly #ids: LargeIds;
  readonly #head: RunHead;
  readonly #now: Instant;

  constructor(ids: LargeIds, head: RunHead, now: Instant) {
    this.#ids = ids;
    this.#head = head;
    this.#now = now;
  }

  add(captured: CapturedEvent, matches: readonly Match[]): void {
    const { tenantId, runId, projectId } = this.#head;
    const eventId = this.#ids.next<EventId>(this.#now);
    this.events.push({
      tenantId,
      eventId,
      type: captured.type,
      projectId,
      subjectKind: 'run',
      subjectId: runId,
      author: captured.run.author,
      occurredAt: this.#now,
      captured,
    });
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
      });
    }
  }

  /** The destinations that have new work. */
  get destinations(): IntegrationId[] {
    const found = this.executions.flatMap((execution) => execution.destinationId ?? []);
    return [...new Set(found)];
  }
}
