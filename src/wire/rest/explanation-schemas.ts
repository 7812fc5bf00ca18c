import { z } from 'zod';
import type { WatchedNow } from '../../automations/watched-now.ts';
import type { MetricExamined, WhyNot } from '../../automations/why-not.ts';
import type { FilterVerdict } from '../../engine/filter-verdict.ts';
import { LIMIT_KINDS } from '../../engine/limits-in-force.ts';
import { executionId } from '../../model/execution-id.ts';
import { printLooseJson } from '../../model/loose-json.ts';
import { executionStatus } from './execution-schemas.ts';
import { instant, isoInstant } from './schemas.ts';

/** Longest value of a field that is shown, in characters of JSON. */
const LONGEST = 1_000;

const node = z
  .object({
    depth: z.int().describe('of the root 0; nodes stand below the last one before them that is less deep'),
    kind: z.string().describe('a joint ($and, $or, $nor, $not), or an operator'),
    field: z.string().nullable().describe('null for a joint'),
    value: z.string().nullable().describe('what the field holds, as JSON, shortened; null where there is nothing'),
    holds: z.boolean(),
    decides: z.boolean().describe('the first node that decided'),
    words: z.string(),
  })
  .meta({ id: 'FilterNode' });

export const filterVerdict = z
  .object({
    matches: z.boolean(),
    deciding: z.string().describe('the first node that decided, in words'),
    nodes: z.array(node).describe('the filter from its root down, from the left'),
  })
  .meta({ id: 'FilterVerdict' });

export function toVerdict({ matches, deciding, nodes }: FilterVerdict): z.output<typeof filterVerdict> {
  return { matches, deciding, nodes: nodes.map((each) => ({ ...each, value: shown(each) })) };
}

function shown({ field, value }: FilterVerdict['nodes'][number]): string | null {
  return field === null || value === null ? null : printLooseJson(value).slice(0, LONGEST);
}

export const tested = z
  .object({
    matched: z.int().describe('of the things'),
    things: z
      .array(
        z.object({
          kind: z.enum(['run', 'version', 'alias', 'tag']),
          name: z.string().describe('entity/project/name'),
          run: z.string().nullable().describe('the id of a run'),
          filter: filterVerdict,
        }),
      )
      .describe('the newest of the scope, at most 50'),
  })
  .meta({ id: 'TestedFilters' });

const limit = z.object({
  kind: z.enum(LIMIT_KINDS),
  words: z.string(),
  since: instant.nullable(),
  until: instant.nullable().describe('when it ends by itself'),
});

const metric = z
  .object({
    condition: z.string(),
    window: z.object({ has: z.int(), needs: z.int() }),
    current: z.object({ words: z.string(), reason: z.string() }).nullable().describe('what the newest value says'),
    evaluated: z.int().nullable().describe('values since the automation waits for them; null: not counted in time'),
    looked: z.int().describe('of those, of how many is known whether they met the condition'),
    held: z.int().describe('of those, how many met the condition'),
    complete: z.boolean().describe('false: the time did not suffice for all values; a backtest tells of all'),
    nearest: z
      .object({
        words: z.string(),
        shortfall: z.number().nullable().describe('in the unit of what is compared; null when it is not finite'),
        line: z.int().describe('number of the history line, from 0'),
        step: z.int().nullable(),
        at: instant.nullable().describe('when it arrived'),
        exact: z.boolean().describe('false: the time did not suffice to tell whether one came nearer'),
      })
      .nullable()
      .describe('of the values that missed the condition, the one that came nearest'),
  })
  .meta({ id: 'MetricExamined' });

export const whyNot = z
  .object({
    reason: z.enum([
      'fired',
      'out_of_scope',
      'disabled',
      'filter',
      'resting',
      'no_values',
      'nothing_happened',
      'came_too_early',
      'window_not_full',
      'condition',
      'held_and_did_not_fire',
    ]),
    words: z.string().describe('the reason for people'),
    filter: filterVerdict.nullable().describe('of a run as it is now; null for artifacts: see events'),
    limits: z.array(limit).describe('what keeps it from firing, or delays it, whatever its condition says'),
    metric: metric.nullable(),
    events: z
      .array(
        z.object({
          id: z.string(),
          type: z.string(),
          at: instant,
          awaited: z.boolean().describe('what the automation waits for, apart from its filter'),
          filter: filterVerdict,
        }),
      )
      .describe('what happened, newest first; none for metrics'),
    executions: z
      .array(z.object({ id: z.string(), status: executionStatus, reason: z.string().nullable(), at: instant }))
      .describe('what it did about this run or version, newest first'),
  })
  .meta({ id: 'WhyNot' });

export const watched = z
  .object({
    runs: z
      .array(
        z.object({
          entity: z.string(),
          project: z.string(),
          run: z.string().describe('the id of the run'),
          name: z.string(),
          reason: whyNot.shape.reason,
          words: z.string().describe('how the automation stands with it, for people'),
          window: z.object({ has: z.int(), needs: z.int() }).nullable().describe('of metrics'),
          current: z.string().nullable().describe('what the newest values say; null where there are none'),
        }),
      )
      .describe('the newest first, at most 10'),
    more: z.boolean().describe('whether there may be more of them'),
  })
  .meta({ id: 'WatchedNow' });

export function toWatched({ runs, more }: WatchedNow): z.output<typeof watched> {
  return {
    runs: runs.map(({ run: { entity, project, id, displayName }, why: { reason, words, metric: seen } }) => {
      const window = seen === null ? null : { ...seen.window };
      return {
        entity,
        project,
        run: id,
        name: displayName,
        reason,
        words,
        window,
        current: seen?.current?.words ?? null,
      };
    }),
    more,
  };
}

export function toWhyNot({ filter, limits, metric: examined, events, executions, ...why }: WhyNot) {
  return {
    ...why,
    filter: filter === null ? null : toVerdict(filter),
    limits: limits.map((each) => ({ ...each, since: orNull(each.since), until: orNull(each.until) })),
    metric: examined === null ? null : toMetric(examined),
    events: events.map(({ id, type, at, awaited, ...verdict }) => {
      return { id, type, at: isoInstant(at), awaited, filter: toVerdict(verdict) };
    }),
    executions: executions.map((each) => {
      return { id: executionId(each), status: each.status, reason: each.reason, at: isoInstant(each.createdAt) };
    }),
  };
}

function toMetric({ nearest, ...examined }: MetricExamined): z.output<typeof metric> {
  if (nearest === null) return { ...examined, nearest };
  const shortfall = Number.isFinite(nearest.shortfall) ? nearest.shortfall : null;
  return { ...examined, nearest: { ...nearest, shortfall, at: orNull(nearest.at) } };
}

function orNull(at: number | null): string | null {
  return at === null ? null : isoInstant(at);
}
