import { z } from 'zod';
import { isJsonObject, type JsonObject } from '../../model/json.ts';
import { RUN_STATES } from '../../model/run-state.ts';
import type { RunView } from '../../store/run-views.ts';
import type { RunRecord } from '../../store/runs.ts';
import { pageOf } from './page.ts';
import { objectOf, sayable } from './sayable.ts';
import { instant, isoInstant } from './schemas.ts';

/** A tag that people give a run, alone or with others. */
export const runTag = z.string().trim().min(1).max(200);

/** Values of a summary that a list shows: plain ones, as many as fit on a screen. */
const MOST_METRICS = 50;

/** JSON has no word for `NaN` and infinities: they are texts. */
const plain = z.union([z.number(), z.string(), z.boolean()]);

const plainRun = z.object({
  id: z.string().describe("the client's run id"),
  name: z.string().describe('as people see it'),
  state: z.enum(RUN_STATES),
  author: z.string().nullable(),
  group: z.string().nullable(),
  jobType: z.string().nullable(),
  tags: z.array(z.string()),
  createdAt: instant,
  heartbeatAt: instant.nullable().describe('last sign of life'),
  lines: z.int().describe('of history'),
  duration: z.number().nullable().describe('seconds from the start to the last sign of life'),
  metrics: z.record(z.string(), plain).describe(`latest plain values by name, at most ${MOST_METRICS}`),
});

export const run = z
  .object({
    ...plainRun.shape,
    values: z
      .record(z.string(), z.unknown())
      .optional()
      .describe('of the columns that were asked for, by their names; absent where none were'),
  })
  .meta({ id: 'Run' });

export const runDetails = z
  .object({
    ...plainRun.shape,
    notes: z.string().nullable(),
    host: z.string().nullable(),
    commit: z.string().nullable(),
    repo: z.string().nullable(),
    program: z.string().nullable(),
    exitCode: z.int().nullable().describe('of its script, once that has ended'),
    stopRequested: z.boolean().describe('its client is asked to stop'),
    runtime: z.number().nullable().describe('seconds that its client has counted'),
    logLines: z.int().describe('of its console'),
    config: z.record(z.string(), z.unknown()),
    summary: z.record(z.string(), z.unknown()),
  })
  .meta({ id: 'RunDetails' });

export interface ShownRun {
  readonly view: RunView;
  readonly author: string | null;
  readonly summary: JsonObject;
}

export function toRun({ view, author, summary }: ShownRun): z.output<typeof plainRun> {
  return {
    id: view.name,
    name: view.displayName,
    state: view.state,
    author,
    group: view.group,
    jobType: view.jobType,
    tags: [...view.tags],
    createdAt: isoInstant(view.createdAt),
    heartbeatAt: view.heartbeatAt === null ? null : isoInstant(view.heartbeatAt),
    lines: view.historyLines,
    duration: view.heartbeatAt === null ? null : (view.heartbeatAt - view.createdAt) / 1000,
    metrics: plainValues(summary),
  };
}

/** What is read of a run only when it is shown by itself. */
export interface RunMore {
  readonly record: Pick<RunRecord, 'repo' | 'program' | 'configRaw'>;
  readonly exitCode: number | null;
}

export function toRunDetails(shown: ShownRun, { record, exitCode }: RunMore): z.output<typeof runDetails> {
  const { notes, host, commit, stopRequested, consoleLines } = shown.view;
  return {
    ...toRun(shown),
    ...{ notes, host, commit, repo: record.repo, program: record.program, exitCode, stopRequested },
    runtime: runtimeOf(shown.summary),
    logLines: consoleLines,
    config: plainConfig(objectOf(record.configRaw)),
    summary: sayable(shown.summary),
  };
}

function isFiniteNumber(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value);
}

/** Seconds, without the times between two starts of a run. */
function runtimeOf({ _wandb: own, _runtime: sinceStart }: JsonObject): number | null {
  const counted = isJsonObject(own) ? own.runtime : undefined;
  return [counted, sinceStart].find(isFiniteNumber) ?? null;
}

function plainValues(summary: JsonObject): Record<string, number | string | boolean> {
  const metrics: Record<string, number | string | boolean> = {};
  for (const [name, value] of Object.entries(summary)) {
    if (Object.keys(metrics).length === MOST_METRICS) break;
    if (name.startsWith('_')) continue;
    if (typeof value === 'number') metrics[name] = Number.isFinite(value) ? value : String(value);
    if (typeof value === 'string' || typeof value === 'boolean') metrics[name] = value;
  }
  return metrics;
}

/** Entries are `{"value": …}` or plain; the client keeps some of its own there (wandb protocol, 2.4). */
function plainConfig(config: JsonObject): Record<string, unknown> {
  const own = Object.entries(config).filter(([name]) => name !== '_wandb' && name !== 'wandb_version');
  return sayable(
    Object.fromEntries(
      own.map(([name, entry]) => [name, isJsonObject(entry) && 'value' in entry ? entry.value : entry]),
    ),
  );
}

const measure = z
  .object({
    numbers: z.int().describe('runs that have a number there'),
    mean: z.number().nullable(),
    min: z.number().nullable(),
    max: z.number().nullable(),
  })
  .meta({ id: 'RunMeasure' });

export const runGroup = z
  .object({
    values: z.array(z.unknown()).describe('what they have in common, one of each field; null where they have nothing'),
    count: z.int().describe('runs'),
    latest: z.record(z.string(), z.unknown()).describe('values of the columns in the newest run'),
    measures: z.record(z.string(), measure).describe('of the columns that hold numbers'),
  })
  .meta({ id: 'RunGroup' });

export const runGroupsPage = z.object({
  ...pageOf(runGroup).shape,
  total: z.int().describe('groups'),
  measured: z.int().describe('`measures` are taken of so many runs of each group, the newest'),
  complete: z.boolean().describe('false when not all runs could be looked at in one answer'),
});

const KEY_KINDS = ['number', 'text', 'boolean', 'other', 'mixed'] as const;
export type KeyKind = (typeof KEY_KINDS)[number];

export const runKeys = z
  .object({
    items: z.array(
      z.object({
        name: z.string().describe('as columns, filters and orders name it: `config.lr`, `summary.loss`'),
        kind: z.enum(KEY_KINDS),
        runs: z.int().describe('that have it, of those that were looked at'),
      }),
    ),
    sampled: z.int().describe('runs that were looked at, the newest'),
  })
  .meta({ id: 'RunKeys' });
