import { z } from 'zod';
import { ACTION_TYPES } from '../../actions/index.ts';
import { EVENT_TYPES } from '../../events/index.ts';
import { AUTOMATION_SORTS } from '../../store/automation-search.ts';
import { EXECUTION_STATUSES } from '../../store/execution-status.ts';
import { pageQuery } from './page.ts';
import { name, several } from './schemas.ts';

/** What the last execution of an automation may be: skipped ones do not count as such. */
const LAST = ['never', ...EXECUTION_STATUSES.filter((status) => status !== 'skipped')] as const;

/** By what automations are filtered, sorted and paged. All conditions must hold. */
export const automationsQuery = z.strictObject({
  ...pageQuery.shape,
  search: z
    .string()
    .min(1)
    .max(255)
    .optional()
    .describe('within name, description, metric, destination, scope or creator, in whatever case'),
  entity: several(name, 'owner of what is watched'),
  project: several(name, 'project that is watched, `ENTITY/PROJECT`; by itself, or with all of its entity'),
  collection: several(
    name,
    'artifact collection that is watched, `ENTITY/PROJECT/COLLECTION`; by itself, or with all of what it lies in',
  ),
  scope: several(z.enum(['entity', 'project', 'collection']), 'kind of the scope'),
  event: several(z.enum(EVENT_TYPES), 'type of the event'),
  action: several(z.enum(ACTION_TYPES), 'type of the action'),
  enabled: z.enum(['true', 'false']).optional(),
  creator: several(name, 'name of the user who made it, or took it over last'),
  last: several(z.enum(LAST), 'status of the last execution; `never` where there is none'),
  sort: z
    .enum(AUTOMATION_SORTS)
    .default('name')
    .describe('`failures` are those of the last 24 hours; those never executed come last'),
  order: z.enum(['asc', 'desc']).optional().describe('default asc, but desc for executions and failures'),
});
