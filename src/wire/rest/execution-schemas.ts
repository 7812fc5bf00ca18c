import { z } from 'zod';
import type { FoundExecution } from '../../delivery/find-executions.ts';
import { STEERING_NAMES } from '../../delivery/steering.ts';
import { ALERT_SETTINGS } from '../../events/alert-topic.ts';
import type { Instant } from '../../model/clock.ts';
import { executionId } from '../../model/execution-id.ts';
import { uncleanJson } from '../../model/loose-json.ts';
import { MASK } from '../../secrets/mask.ts';
import type { Attempt } from '../../store/attempts.ts';
import type { ListedExecution } from '../../store/execution-reads.ts';
import { EXECUTION_STATUSES } from '../../store/execution-status.ts';
import { maskHoles } from '../../template/holes.ts';
import { pageOf } from './page.ts';
import { id, instant, isoInstant } from './schemas.ts';

export const executionStatus = z.enum(EXECUTION_STATUSES);

const automation = z.object({ id, name: z.string(), revision: z.int().describe('the one that matched') });

const fields = {
  id: z.string().describe("also the `webhook-id` of its requests, and what the server's log calls it"),
  entity: z.string().describe('owner of what it is about'),
  status: executionStatus,
  reason: z.string().nullable().describe('why it failed, was skipped or cancelled'),
  cancelledBy: z.string().nullable().describe('name of the person'),
  automation: automation.nullable().describe('null for an alert'),
  alert: z
    .object({ entity: z.string(), setting: z.enum(ALERT_SETTINGS) })
    .nullable()
    .describe('the alert setting by which it was sent; null for an automation'),
  eventType: z.string(),
  actionType: z.string(),
  project: z.string().nullable(),
  subject: z
    .object({
      kind: z.string(),
      id,
      name: z.string().nullable().describe('as it was called then'),
      path: z.string().nullable().describe('by which the client finds it'),
      url: z.string().nullable().describe('its page'),
    })
    .describe('the run, artifact version, collection or integration that the event is about'),
  author: z.string().nullable().describe('user who caused the event'),
  createdAt: instant,
  startedAt: instant.nullable().describe('first attempt'),
  endedAt: instant.nullable(),
  nextAttemptAt: instant.nullable(),
};

const maySteer = z.array(z.enum(STEERING_NAMES)).describe('what you may do to it as it stands');

export const execution = z.object({ ...fields, maySteer }).meta({ id: 'Execution' });

export const executionsPage = z.object({
  ...pageOf(execution).shape,
  searchedTo: instant
    .nullable()
    .describe('executions older than this have not been looked at: go on with the cursor, or narrow the filter'),
});

/** An execution without what its reader may do to it. */
export function toExecution(row: ListedExecution): Omit<z.output<typeof execution>, 'maySteer'> {
  return {
    id: executionId(row),
    entity: row.entity,
    status: row.status,
    reason: row.reason,
    cancelledBy: row.cancelledBy,
    automation: automationOf(row),
    alert: row.alert === null ? null : { entity: row.alert.entity, setting: ALERT_SETTINGS[row.alert.topic] },
    eventType: row.eventType,
    actionType: row.actionType,
    project: row.project,
    subject: {
      kind: row.subjectKind,
      id: row.subjectId,
      name: row.subjectName,
      path: row.subjectPath,
      url: row.subjectUrl,
    },
    author: row.author,
    createdAt: isoInstant(row.createdAt),
    startedAt: orNull(row.startedAt),
    endedAt: orNull(row.endedAt),
    nextAttemptAt: orNull(row.nextAttemptAt),
  };
}

function automationOf({ alert, automationId, automationName, revision }: ListedExecution) {
  return alert === null ? { id: automationId, name: automationName, revision } : null;
}

const HIDDEN = 'null for viewers who may not see payloads';

const attempt = z
  .object({
    number: z.int().describe('from 1; a missing number was on the wire when its server died'),
    startedAt: instant,
    durationMs: z.int(),
    outcome: z.enum(['done', 'never', 'not_before']).describe('never: not tried again; not_before: retried'),
    status: z.int().nullable().describe('HTTP status of the answer'),
    error: z.string().nullable(),
    fault: z
      .string()
      .nullable()
      .describe('class of the error: timeout, reset, refused, dns, tls, certificate, blocked, malformed …'),
    phase: z.enum(['dns', 'connect', 'tls', 'send', 'wait', 'read']).nullable().describe('how far it came'),
    address: z
      .string()
      .nullable()
      .describe('the address really connected to; null for an inner one that a name led to'),
    request: z.unknown().describe(`method, host and headers; ${HIDDEN}`),
    response: z.unknown().describe(`headers and the first 64 KiB of the body; ${HIDDEN}`),
    nextAt: instant.nullable(),
  })
  .meta({ id: 'Attempt' });

export const executionDetails = z
  .object({
    ...fields,
    maySteer,
    automation: automation
      .extend({ definition: z.unknown().describe('as it stood at the match') })
      .nullable()
      .describe('null for an alert'),
    event: z.object({
      id,
      occurredAt: instant,
      captured: z.unknown().describe('all values as they were then; null where a number was not finite'),
    }),
    explanation: z.unknown().describe('why it matched'),
    repeats: z
      .int()
      .describe('further matches of the same run: held back since it fired, or skipped with it; up to a minute ago'),
    lastRepeatAt: instant.nullable().describe('when the last of them was'),
    ownFirings: z
      .int()
      .describe(
        'executions in the 24 hours up to it that were fired by the author of the automation: it may answer itself',
      ),
    payload: z.string().nullable().describe(`as first rendered, secrets masked; null before; ${HIDDEN}`),
    showsPayloads: z.boolean().describe('whether you may see payloads and responses'),
    attempts: z.array(attempt),
  })
  .meta({ id: 'ExecutionDetails' });

export function toExecutionDetails(found: FoundExecution): z.output<typeof executionDetails> {
  const { execution: row, attempts, ownFirings, showsPayloads } = found;
  const listed = toExecution(row);
  return {
    ...listed,
    automation: listed.automation === null ? null : { ...listed.automation, definition: row.definition },
    event: { id: row.eventId, occurredAt: isoInstant(row.occurredAt), captured: uncleanJson(row.captured) },
    explanation: uncleanJson(row.explanation),
    repeats: row.repeats,
    lastRepeatAt: orNull(row.lastRepeatAt),
    ownFirings,
    payload: showsPayloads && row.payload !== null ? maskHoles(row.payload, MASK) : null,
    showsPayloads,
    maySteer: [...found.maySteer],
    attempts: attempts.map((each) => toAttempt(each, showsPayloads)),
  };
}

function toAttempt(row: Attempt, showsPayloads: boolean): z.output<typeof attempt> {
  return {
    ...row,
    startedAt: isoInstant(row.startedAt),
    nextAt: orNull(row.nextAt),
    request: showsPayloads ? row.request : null,
    response: showsPayloads ? row.response : null,
  };
}

const orNull = (at: Instant | null): string | null => (at === null ? null : isoInstant(at));
