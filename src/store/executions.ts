import type { OwnFloodLimits } from '../engine/flood-limit.ts';
import { encodeCaptured } from '../events/capture.ts';
import type { CapturedEvent } from '../events/index.ts';
import type { Instant } from '../model/clock.ts';
import type { AutomationId, CollectionId, EventId, IntegrationId, ProjectId, TenantId } from '../model/ids.ts';
import type { Json } from '../model/json.ts';
import { cleanJson } from '../model/loose-json.ts';
import type { Transaction } from './database.ts';
import { tellExecution } from './execution-status.ts';
import { rowsOf, slices } from './rows.ts';

/** `ask` of an execution that an event fired. */
export const FIRING = 0;

/** An event as its deed saves it. `captured` is everything that a payload may name, as it was then. */
export interface NewEvent {
  readonly tenantId: TenantId;
  readonly eventId: EventId;
  /** The client's name of the type, for instance `RUN_METRIC_THRESHOLD`. */
  readonly type: string;
  readonly projectId: ProjectId | undefined;
  readonly subjectKind: string;
  /** Large id of the run, collection or version that the event is about. */
  readonly subjectId: string;
  /** The collection that it is about, or where its version is seen. */
  readonly collectionId?: CollectionId;
  readonly author: string | undefined;
  readonly occurredAt: Instant;
  readonly captured: CapturedEvent;
}

/** A match of one automation on one event of the same call. */
export interface NewExecution {
  readonly tenantId: TenantId;
  readonly eventId: EventId;
  readonly automationId: AutomationId;
  /** Of the automation, as it stood at the match. */
  readonly revision: number;
  /** The client's name of the action, for instance `GENERIC_WEBHOOK`. */
  readonly actionType: string;
  /** The integration to deliver to; `undefined` for an action that does nothing: it is inserted finished. */
  readonly destinationId: IntegrationId | undefined;
  /** Why it matched: filter tree, window values. */
  readonly explanation: Json;
  readonly createdAt: Instant;
  /** First attempt, when it must wait its turn; else it is due at once. */
  readonly dueAt?: Instant;
  /** Why it is not run at all; it has no work row then. */
  readonly skipped?: SkipReason;
  /** What it would send is only recorded. */
  readonly dryRun?: boolean;
  /** Stricter limits than the server's on how often its automation may fire. */
  readonly floodLimits?: OwnFloodLimits | null;
  /** Further matches of its subject that were skipped with it. */
  readonly repeats?: number;
}

/** Why a match is skipped when it is made (automations, section 6.1). */
export type SkipReason = 'rate_limited';

/** Why an execution is skipped whose automation only records what it would send. */
export const DRY_RUN = 'dry_run';

/** Whether an execution was never to be sent. */
export function isDryRun(reason: string | null): boolean {
  return reason?.startsWith(DRY_RUN) ?? false;
}

/** Why an execution is pending that has not been tried. */
const WAITS = 'waits_its_turn';

/** What a deed causes: events, and the executions that they fire. */
export interface NewFirings {
  readonly events: readonly NewEvent[];
  readonly executions: readonly NewExecution[];
}

/**
 * Saves events, their executions and the work rows of what must be delivered, in the caller's transaction; the
 * statements travel together, and none is sent for nothing. Call `wake()` of the delivery loop after the commit.
 *
 * @throws DatabaseError 23505 when an execution of that automation and event exists (AUT-090)
 */
export async function insertExecutions(tx: Transaction, { events, executions }: NewFirings): Promise<void> {
  const eventOf = new Map(events.map((event) => [event.eventId, event]));
  const deliveries = executions.filter(
    ({ destinationId, skipped }) => destinationId !== undefined && skipped === undefined,
  );
  await Promise.all([
    ...slices(events).map((slice) => insertEvents(tx, slice)),
    ...slices(executions).map((slice) => insertExecutionRows(tx, slice, eventOf)),
    ...slices(executions).map((slice) => insertDetails(tx, slice)),
    ...slices(deliveries).map((slice) => insertDeliveries(tx, slice)),
  ]);
  for (const execution of executions) tellExecution(tx, { ...execution, ask: FIRING });
}

async function insertEvents(tx: Transaction, events: readonly NewEvent[]): Promise<void> {
  const { values, parameters } = rowsOf(events, (event) => [
    event.tenantId,
    event.eventId,
    event.type,
    event.projectId ?? null,
    event.subjectKind,
    event.subjectId,
    event.author ?? null,
    new Date(event.occurredAt),
    JSON.stringify(encodeCaptured(event.captured)),
  ]);
  await tx.execute(
    `insert into event
       (tenant_id, event_id, type, project_id, subject_kind, subject_id, author, occurred_at, captured)
     values ${values}`,
    parameters,
  );
}

async function insertExecutionRows(
  tx: Transaction,
  executions: readonly NewExecution[],
  eventOf: ReadonlyMap<EventId, NewEvent>,
): Promise<void> {
  const { values, parameters } = rowsOf(executions, (execution) => {
    const event = eventOf.get(execution.eventId);
    if (event === undefined)
      throw new Error(`an execution of event ${execution.eventId}, which is not among the events`);
    const createdAt = new Date(execution.createdAt);
    const { status, reason, ended } = beginningOf(execution);
    const endedAt = ended ? createdAt : null;
    return [
      execution.tenantId,
      execution.eventId,
      execution.automationId,
      FIRING,
      execution.revision,
      status,
      reason,
      event.type,
      execution.actionType,
      event.projectId ?? null,
      event.subjectKind,
      event.subjectId,
      event.collectionId ?? null,
      event.author ?? null,
      createdAt,
      status === 'finished' ? endedAt : null,
      endedAt,
    ];
  });
  await tx.execute(
    `insert into execution
       (tenant_id, event_id, automation_id, ask, revision, status, reason, event_type, action_type, project_id,
        subject_kind, subject_id, collection_id, author, created_at, started_at, ended_at)
     values ${values}`,
    parameters,
  );
}

/** What an execution is at first: an action that does nothing is finished at once. */
export function beginningOf({ destinationId, skipped, dueAt }: NewExecution) {
  if (skipped !== undefined) return { status: 'skipped', reason: skipped, ended: true };
  if (destinationId === undefined) return { status: 'finished', reason: null, ended: true };
  return { status: 'pending', reason: dueAt === undefined ? null : WAITS, ended: false };
}

async function insertDetails(tx: Transaction, executions: readonly NewExecution[]): Promise<void> {
  const { values, parameters } = rowsOf(executions, (execution) => [
    execution.tenantId,
    execution.eventId,
    execution.automationId,
    FIRING,
    JSON.stringify(cleanJson(execution.explanation)),
    execution.repeats ?? 0,
    execution.repeats === undefined ? null : new Date(execution.createdAt),
  ]);
  await tx.execute(
    `insert into execution_detail
       (tenant_id, event_id, automation_id, ask, explanation, repeats, last_repeat_at)
     values ${values}`,
    parameters,
  );
}

async function insertDeliveries(tx: Transaction, executions: readonly NewExecution[]): Promise<void> {
  const { values, parameters } = rowsOf(executions, (execution) => [
    execution.tenantId,
    execution.eventId,
    execution.automationId,
    FIRING,
    execution.destinationId,
    new Date(execution.dueAt ?? execution.createdAt),
    execution.dryRun ?? false,
  ]);
  await tx.execute(
    `insert into delivery (tenant_id, event_id, automation_id, ask, destination_id, due_at, dry_run) values ${values}`,
    parameters,
  );
}
