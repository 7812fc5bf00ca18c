import { z } from 'zod';
import { scopeRefOf } from '../../automations/scope.ts';
import { cancelBacktest, requireBacktest, startBacktest } from '../../automations/start-backtest.ts';
import { requireEntity } from '../../directory/require-entity.ts';
import { readDefinition } from '../../engine/definition.ts';
import { DEFAULT_OPTIONS, optionShape, withOptions } from '../../engine/options.ts';
import { eventSchema } from '../../events/index.ts';
import { invalid } from '../../model/error.ts';
import type { Viewer } from '../../model/viewer.ts';
import type { StoredBacktest } from '../../store/backtests.ts';
import type { Ground } from '../../store/ground.ts';
import type { RestResource } from './app.ts';
import { automationIn } from './automation-of.ts';
import { scope } from './automation-schemas.ts';
import { answers, anyInstant, id, instant, isoInstant, nothing } from './schemas.ts';
import { scopeRef } from './scope-ref.ts';

const tags = ['backtests'];
const ofEntity = z.object({ entity: z.string() });
const ofBacktest = z.object({ entity: z.string(), backtest: id });

const newBacktest = z
  .strictObject({
    automation: id.nullable().default(null).describe('a saved automation; null: the scope and event of this body'),
    scope: scope.nullable().default(null),
    event: eventSchema.nullable().default(null),
    policy: optionShape.policy.nullable().default(null).describe('of a draft: how often it may fire for one run'),
    from: anyInstant.nullable().default(null).describe('null: 30 days before the end'),
    to: anyInstant.nullable().default(null).describe('null, and what lies ahead: now'),
  })
  .meta({ id: 'NewBacktest' });

const backtest = z
  .object({
    id,
    automation: id.nullable(),
    status: z.enum(['running', 'finished', 'failed', 'cancelled']),
    error: z.string().nullable(),
    createdAt: instant,
    endedAt: instant.nullable(),
    from: instant,
    to: instant,
    runs: z
      .object({ considered: z.int(), matched: z.int(), fired: z.int() })
      .describe('of metrics: runs of that time, those that the filter matches, and those that would have fired'),
    events: z
      .object({ considered: z.int(), matched: z.int() })
      .describe('of everything else: what happened, and what of it would have fired'),
    values: z.int().describe('of the metric, judged so far'),
    fired: z.int().describe('firings so far'),
    firings: z
      .array(
        z.object({
          at: instant,
          subject: z.string().describe('entity/project/name'),
          run: z.string().nullable().describe('the id of a run'),
          words: z.string().describe('what was measured, or what happened'),
          line: z.int().nullable(),
          step: z.int().nullable(),
          values: z.array(z.union([z.number(), z.string()])).describe('of the window, newest last; infinite as texts'),
          event: id.nullable(),
        }),
      )
      .describe('at most 1,000 of them'),
    looked: z
      .array(z.object({ entity: z.string(), project: z.string(), run: z.string(), name: z.string() }))
      .describe('of metrics: the first few runs, newest first, whose values were judged'),
    limits: z.array(z.string()).describe('what the backtest does not know'),
  })
  .meta({ id: 'Backtest' });

/** Automations tried on the past. */
export const backtests: RestResource = (app, { ground, backtests: running }) => {
  app.post(
    '/entities/:entity/backtests',
    {
      schema: {
        tags,
        summary: 'Try an automation, saved or not, on the past',
        description: 'It runs beside everything else; read how far it is. Only you can read it, for a day.',
        params: ofEntity,
        body: newBacktest,
        response: answers(202, backtest),
      },
    },
    async ({ viewer, params, body }, reply) => {
      const draft = await draftOf(ground, viewer, params.entity, body);
      const range = { from: instantOf(body.from), to: instantOf(body.to) };
      const started = await startBacktest({ ground, backtests: running }, viewer, { ...draft, ...range });
      return reply.code(202).send(toBacktest(started));
    },
  );

  app.get(
    '/entities/:entity/backtests/:backtest',
    {
      schema: {
        tags,
        summary: 'Read how far a backtest is, and what it found',
        params: ofBacktest,
        response: answers(200, backtest),
      },
    },
    async ({ viewer, params }) => {
      const entity = await requireEntity(ground, viewer, params.entity);
      return toBacktest(await requireBacktest(ground, viewer, entity.tenantId, params.backtest));
    },
  );

  app.delete(
    '/entities/:entity/backtests/:backtest',
    {
      schema: {
        tags,
        summary: 'Cancel a backtest; what it found stays readable',
        params: ofBacktest,
        response: nothing,
      },
    },
    async ({ viewer, params }, reply) => {
      const entity = await requireEntity(ground, viewer, params.entity);
      await cancelBacktest({ ground, backtests: running }, viewer, entity.tenantId, params.backtest);
      return reply.code(204).send(null);
    },
  );
};

async function draftOf(ground: Ground, viewer: Viewer, entityName: string, body: z.output<typeof newBacktest>) {
  if (body.automation !== null) {
    if (body.scope !== null || body.event !== null || body.policy !== null) {
      throw invalid('give a saved automation, or a scope and an event, not both', 'automation');
    }
    const saved = await automationIn(ground, viewer, { entity: entityName, automation: body.automation });
    const { event, action: _, ...options } = readDefinition(saved.definition);
    return { automationId: saved.id, scope: scopeRefOf(saved), event, options };
  }
  if (body.scope === null || body.event === null) {
    throw invalid('give a saved automation, or a scope and an event', body.scope === null ? 'scope' : 'event');
  }
  const entity = await requireEntity(ground, viewer, entityName);
  const options = withOptions(DEFAULT_OPTIONS, { policy: body.policy ?? undefined });
  return { automationId: null, scope: await scopeRef(ground, viewer, entity, body.scope), event: body.event, options };
}

function toBacktest({ backtestId, automationId, asked, report, ...found }: StoredBacktest): z.output<typeof backtest> {
  return {
    id: backtestId,
    automation: automationId,
    status: found.status,
    error: found.error,
    createdAt: isoInstant(found.createdAt),
    endedAt: found.endedAt === null ? null : isoInstant(found.endedAt),
    from: isoInstant(asked.from),
    to: isoInstant(asked.to),
    ...report,
    firings: report.firings.map((firing) => {
      return { ...firing, at: isoInstant(firing.at), values: firing.values.map(finite) };
    }),
    looked: [...report.looked],
    limits: [...asked.limits],
  };
}

const finite = (value: number): number | string => (Number.isFinite(value) ? value : String(value));

const instantOf = (text: string | null): number | null => (text === null ? null : Date.parse(text));
