import { z } from 'zod';
import { ACTION_TYPES } from '../../actions/index.ts';
import { EXECUTION_SORTS } from '../../delivery/sort-executions.ts';
import { MOST_COUNTED, MOST_STEERED } from '../../delivery/steer-executions.ts';
import { STEERING_NAMES } from '../../delivery/steering.ts';
import { CAPTURED_TYPES } from '../../events/index.ts';
import { EXECUTION_STATUSES } from '../../store/execution-status.ts';
import { pageQuery } from './page.ts';
import { anyInstant, id, name, several } from './schemas.ts';

const filterShape = {
  automation: several(name, 'id or name of an automation'),
  search: z.string().min(1).max(255).optional().describe('within the names of automations, in whatever case'),
  status: several(z.enum(EXECUTION_STATUSES), 'status'),
  event: several(z.enum(CAPTURED_TYPES), 'type of the event'),
  action: several(z.enum(ACTION_TYPES), 'type of the action'),
  scope: several(
    name,
    'where the automation watches: `entity` (this one), `project:NAME` or `collection:PROJECT/NAME`',
  ),
  author: several(name, 'name of the user who caused the event'),
  project: several(name, 'name of the project where it happened; of a team, `TEAM/NAME` in an organization'),
  reason: name
    .optional()
    .describe('its kind, such as `secret_missing` or `http_503`, dry runs included, or the whole of it'),
  integration: id.optional().describe('id of the webhook or Slack channel that the definition delivered to'),
  from: anyInstant.optional().describe('events from this instant on'),
  to: anyInstant.optional().describe('events before this instant'),
};

const subjectShape = {
  run: several(name, 'run that it is about, `PROJECT/RUN` by the id of the run that the client shows'),
  collection: several(name, 'artifact collection that it is about, or one of its versions, `PROJECT/COLLECTION`'),
  version: several(name, 'artifact version that it is about, `PROJECT/COLLECTION:v3`, or by an alias'),
  subject: several(id, 'id of what it is about, as executions tell it'),
};

/** By what executions are filtered. All conditions must hold. */
export const executionFilter = z.strictObject({ ...filterShape, ...subjectShape }).meta({ id: 'ExecutionFilter' });

/** Of one subject. */
export const ofSubjectQuery = z.strictObject({ ...pageQuery.shape, ...filterShape });

const sorts = ['created', ...EXECUTION_SORTS] as const;

export const executionsQuery = z.strictObject({
  ...pageQuery.shape,
  ...executionFilter.shape,
  sort: z
    .enum(sorts)
    .default('created')
    .describe('an order other than `created` holds among the newest 10,000 matches; what has no value comes last'),
  order: z.enum(['asc', 'desc']).default('desc'),
});

export const exportQuery = z.strictObject({
  format: z.enum(['jsonl', 'csv']).default('jsonl'),
  ...executionFilter.shape,
});

export const bulk = z
  .strictObject({
    deed: z.enum(STEERING_NAMES).describe('`retry` now, `cancel`, or `run` anyway what was skipped'),
    filter: executionFilter,
    dryRun: z
      .boolean()
      .default(false)
      .describe(`only counts, to ${MOST_COUNTED.toLocaleString('en')}`),
    cursor: z.string().max(1_000).nullish().describe('nextCursor of the call before'),
  })
  .meta({ id: 'ExecutionsDeed' });

export const bulkDone = z
  .object({
    count: z
      .int()
      .describe(`executions that it was done to, at most ${MOST_STEERED.toLocaleString('en')} a call; or would be`),
    nextCursor: z.string().nullable().describe('to go on with; null when all that match were looked at'),
  })
  .meta({ id: 'ExecutionsDone' });
