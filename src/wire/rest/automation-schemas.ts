import { z } from 'zod';
import { type Action, actionSchema, destinationWord } from '../../actions/index.ts';
import { readWebhookConfig, templateSecrets } from '../../actions/webhook-config.ts';
import { readDefinition } from '../../engine/definition.ts';
import { optionShape, type SomeOptions } from '../../engine/options.ts';
import { eventSchema, wholeSentence } from '../../events/index.ts';
import { KNOWN_VARIABLES } from '../../events/variables.ts';
import { executionId } from '../../model/execution-id.ts';
import type { ListedAutomation } from '../../store/automation-lists.ts';
import { EXECUTION_STATUSES } from '../../store/execution-status.ts';
import type { LastExecution } from '../../store/last-executions.ts';
import { MOST_RECENT, type RecentExecutions } from '../../store/recent-executions.ts';
import { lint, lintTexts } from '../../template/lint.ts';
import { parseTemplate } from '../../template/parse.ts';
import { id, instant, isoInstant } from './schemas.ts';

const project = z.string().describe('name');

/** What an automation watches, below the entity of the address. */
export const scope = z
  .discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('project'), project }).describe('a project, or a registry by its full name'),
    z.strictObject({ kind: z.literal('entity') }).describe('all projects of the entity; registries of an organization'),
    z.strictObject({ kind: z.literal('collection'), project, collection: z.string().describe('name') }),
  ])
  .meta({ id: 'AutomationScope' });

const name = z.string().describe('1 to 255 characters, unique in its scope');
const description = z.string().nullable();
const someOptions = z.object(optionShape).partial().shape;

export const newAutomation = z
  .strictObject({
    name,
    description: description.default(null),
    enabled: z.boolean().default(true),
    scope,
    event: eventSchema,
    action: actionSchema,
    ...someOptions,
  })
  .describe('An option that is left out is as in W&B.')
  .meta({ id: 'NewAutomation' });

export const automationPatch = z
  .strictObject({
    name: name.optional(),
    description: description.optional().describe('null takes it away'),
    enabled: z.boolean().optional(),
    scope: scope.optional(),
    event: eventSchema.optional(),
    action: actionSchema.optional(),
    ...someOptions,
  })
  .describe('What is left out stays as it is.')
  .meta({ id: 'AutomationPatch' });

export const automation = z
  .object({
    id,
    name: z.string(),
    description,
    enabled: z.boolean(),
    entity: z.string(),
    scope,
    event: eventSchema,
    action: actionSchema,
    when: z.string().describe('the event in words, with the runs or artifacts it is about'),
    destination: z.string().nullable().describe('name of the webhook or channel that it sends to'),
    ...optionShape,
    problem: z.string().nullable().describe('why it cannot act, until it is edited'),
    unknown: z
      .array(z.string())
      .describe('names and references in its payload or message that no event has: they are sent as they stand'),
    author: z.string().nullable().describe('who made it, or took it over last'),
    authorLeft: z.boolean().describe('the author belongs to the entity no more; the automation goes on without them'),
    revision: z.int().describe('grows with every edit'),
    createdAt: instant,
    updatedAt: instant.nullable(),
    lastExecution: z
      .object({ id: z.string(), status: z.enum(EXECUTION_STATUSES), at: instant })
      .nullable()
      .describe('the newest that was not skipped'),
    lastDay: z
      .object({
        finished: z.int(),
        failed: z.int(),
        pending: z.int(),
        complete: z.boolean().describe(`false when only ${MOST_RECENT.toLocaleString('en')} were looked at`),
      })
      .describe('how many executions of the last 24 hours are in which status'),
    mayManage: z.boolean().describe('whether you may change, enable, disable and delete it'),
  })
  .meta({ id: 'Automation' });

/** The options that a request names. */
export function optionsOf({ policy, settleSeconds, backfill, dryRun, floodLimits }: SomeOptions): SomeOptions {
  return { policy, settleSeconds, backfill, dryRun, floodLimits };
}

/** What is told of an automation besides what it is. */
export interface BesideAutomation {
  readonly last: LastExecution | undefined;
  readonly lastDay: RecentExecutions;
  readonly mayManage: boolean;
}

export function toAutomation(
  row: ListedAutomation,
  { last, lastDay, mayManage }: BesideAutomation,
): z.output<typeof automation> {
  const definition = readDefinition(row.definition);
  return {
    id: row.id,
    name: row.name,
    description: row.description,
    enabled: row.enabled,
    entity: row.entityName,
    scope: toScope(row),
    ...definition,
    when: wholeSentence(definition.event),
    destination: row.integration?.name ?? null,
    unknown: [...unknownNames(row, definition.action)],
    problem: problemOf(row, definition.action),
    author: row.author,
    authorLeft: row.authorLeft,
    revision: row.revision,
    createdAt: isoInstant(row.createdAt),
    updatedAt: row.updatedAt === null ? null : isoInstant(row.updatedAt),
    lastExecution:
      last === undefined ? null : { id: executionId(last), status: last.status, at: isoInstant(last.createdAt) },
    lastDay,
    mayManage,
  };
}

function problemOf(row: ListedAutomation, action: Action): string | null {
  const { orphaned, estranged, integration, entityKind, entityName } = row;
  const word = destinationWord(action);
  if (orphaned) return `${word} deleted`;
  if (!estranged || integration === null) return null;
  return entityKind === 'personal'
    ? `${word} of '${integration.entityName}', to which '${entityName}' does not belong any more`
    : `${word} of '${integration.entityName}', who does not belong to '${entityName}' any more`;
}

/** What to tell whoever saves a payload: an unknown name is left as it stands (automations, section 4.3). */
function unknownNames({ integration }: ListedAutomation, action: Action): readonly string[] {
  switch (action.type) {
    case 'NO_OP':
      return [];
    case 'NOTIFICATION':
      return lintTexts([action.title, action.message], KNOWN_VARIABLES);
    case 'GENERIC_WEBHOOK': {
      if (action.payload === null) return [];
      const config = integration === null ? undefined : readWebhookConfig(integration.config);
      const secrets = config === undefined ? [] : templateSecrets(config).keys();
      return lint(parseTemplate(action.payload), new Set([...KNOWN_VARIABLES, ...secrets]));
    }
  }
}

function toScope({ scopeKind, scopeName, projectName }: ListedAutomation): z.output<typeof scope> {
  switch (scopeKind) {
    case 'entity':
      return { kind: 'entity' };
    case 'project':
      return { kind: 'project', project: scopeName };
    case 'collection':
      return { kind: 'collection', project: projectName ?? '', collection: scopeName };
  }
}
