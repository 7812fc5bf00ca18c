import * as z from 'zod/mini';

const text = z.string();
export const AGGREGATIONS = ['NONE', 'AVERAGE', 'MIN', 'MAX'] as const;
export const COMPARISONS = ['$gt', '$gte', '$lt', '$lte', '$eq', '$ne'] as const;
export const ACTION_TYPES = ['GENERIC_WEBHOOK', 'NOTIFICATION', 'NO_OP'] as const;

const aggregation = z.enum(AGGREGATIONS);
const direction = z.enum(['ANY', 'INCREASE', 'DECREASE']);
/** What is asked of one field. */
const condition = z.object({
  field: text,
  operator: z.enum(['$eq', '$ne', '$regex', '$contains', '$gt', '$gte', '$lt', '$lte', '$in', '$nin', '$exists']),
  value: text,
});
/** Besides, by lines that must all hold, and by a filter in JSON for what no line can say. */
const further = { conditions: z.array(condition), advanced: text };
/** Which runs: by user and by a regular expression over the name; empty texts ask nothing. */
const runs = z.object({ user: text, name: text, ...further });
/** Which artifacts: by a regular expression over the alias or tag. */
const artifacts = z.object({ pattern: text, ...further });

export const ARTIFACT_TYPES = [
  'CREATE_ARTIFACT',
  'LINK_MODEL',
  'UNLINK_ARTIFACT',
  'ADD_ARTIFACT_ALIAS',
  'ADD_ARTIFACT_TAG',
  'REMOVE_ARTIFACT_TAG',
  'ADD_COLLECTION_TAG',
  'REMOVE_COLLECTION_TAG',
] as const;
export const METRIC_TYPES = ['RUN_METRIC', 'RUN_METRIC_CHANGE', 'RUN_METRIC_ZSCORE'] as const;
export const RUN_TYPES = [...METRIC_TYPES, 'RUN_STATE'] as const;
export const EVENT_TYPES = [...RUN_TYPES, ...ARTIFACT_TYPES] as const;

const event = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('RUN_METRIC'),
    metric: text,
    aggregation,
    window: text,
    comparison: z.enum(COMPARISONS),
    threshold: text,
    runs,
  }),
  z.object({
    type: z.literal('RUN_METRIC_CHANGE'),
    metric: text,
    aggregation,
    currentWindow: text,
    priorWindow: text,
    changeType: z.enum(['RELATIVE', 'ABSOLUTE']),
    direction,
    amount: text,
    runs,
  }),
  z.object({ type: z.literal('RUN_METRIC_ZSCORE'), metric: text, window: text, threshold: text, direction, runs }),
  z.object({ type: z.literal('RUN_STATE'), states: z.array(z.enum(['RUNNING', 'FINISHED', 'FAILED'])), runs }),
  z.object({ type: z.enum(ARTIFACT_TYPES), artifacts }),
]);

const action = z.discriminatedUnion('type', [
  z.object({ type: z.literal('GENERIC_WEBHOOK'), integrationId: text, payload: text }),
  z.object({
    type: z.literal('NOTIFICATION'),
    integrationId: text,
    title: text,
    message: text,
    severity: z.enum(['INFO', 'WARN', 'ERROR']),
  }),
  z.object({ type: z.literal('NO_OP') }),
]);

const options = z.object({
  policy: z.enum(['default', 'cooldown', 'once_per_run', 'every_crossing']),
  cooldownSeconds: text,
  settleSeconds: text,
  /** Seconds; empty: old values fire too. */
  ignoreOlderThan: text,
  dryRun: z.boolean(),
  atOnce: text,
  perMinute: text,
  waiting: text,
  perDay: text,
});

/** An automation while it is written: what stands in the fields, as texts, whether or not it is right yet. */
export const draftSchema = z.object({
  name: text,
  description: text,
  enabled: z.boolean(),
  entity: text,
  scope: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('entity') }),
    z.object({ kind: z.literal('project'), project: text }),
    z.object({ kind: z.literal('collection'), project: text, collection: text }),
  ]),
  event,
  action,
  options,
});

export type Further = Pick<z.infer<typeof runs>, 'conditions' | 'advanced'>;
export type Draft = z.infer<typeof draftSchema>;
export type EventDraft = Draft['event'];
export type EventType = EventDraft['type'];
export type EventDraftOf<Type extends EventType> = Extract<EventDraft, { type: Type }>;
export type RunEventDraft = Extract<EventDraft, { runs: unknown }>;
export type ArtifactEventDraft = Extract<EventDraft, { artifacts: unknown }>;
export type ActionDraft = Draft['action'];
export type OptionsDraft = Draft['options'];
