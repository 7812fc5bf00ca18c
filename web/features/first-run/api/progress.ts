import { queryOptions, useQuery } from '@tanstack/react-query';
import { ApiError } from '../../../lib/api/api-error.ts';
import { call } from '../../../lib/api/call.ts';
import {
  type Automation,
  type Execution,
  getEntityAutomations,
  getEntityExecutions,
  getEntityProjectRuns,
  type Run,
} from '../../../lib/api/generated.ts';
import { unlessLive } from '../../../lib/live/state.ts';

/** Where the first steps are made. */
export const PROJECT = 'first-steps';

const EVERY_MS = 3_000;
const MOST_AUTOMATIONS = 200;
const refetchInterval = () => unlessLive(EVERY_MS);

const runQuery = (entity: string) =>
  queryOptions({
    queryKey: ['first-run', entity, 'run'],
    queryFn: ({ signal }) => orNothing(newestRun(entity, signal)),
    meta: { live: ['run'] },
    refetchInterval,
  });

const automationQuery = (entity: string) =>
  queryOptions({
    queryKey: ['first-run', entity, 'automation'],
    queryFn: ({ signal }) => ownAutomation(entity, signal),
    meta: { live: ['automation'] },
    refetchInterval,
  });

/** Only of a project that is there: the API refuses the name of another. */
const executionQuery = (entity: string, hasProject: boolean) =>
  queryOptions({
    queryKey: ['first-run', entity, 'execution'],
    queryFn: ({ signal }) => newestExecution(entity, signal),
    meta: { live: ['execution'] },
    enabled: hasProject,
    refetchInterval,
  });

/** How far somebody has come: what of it the server has seen. */
export interface Progress {
  readonly run: Run | null;
  readonly automation: Automation | null;
  readonly execution: Execution | null;
  readonly error: Error | null;
  readonly retry: () => void;
}

export function useProgress(entity: string): Progress {
  const run = useQuery(runQuery(entity));
  const automation = useQuery(automationQuery(entity));
  const execution = useQuery(executionQuery(entity, run.data != null));
  const all = [run, automation, execution];
  return {
    run: run.data ?? null,
    automation: automation.data ?? null,
    execution: execution.data ?? null,
    error: all.find(({ error }) => error !== null)?.error ?? null,
    retry: () => all.forEach(({ refetch }) => void refetch()),
  };
}

async function newestRun(entity: string, signal: AbortSignal): Promise<Run | null> {
  const params = { entity, project: PROJECT };
  const { items } = await call(getEntityProjectRuns, { params, query: { limit: 1 }, signal });
  return items[0] ?? null;
}

async function ownAutomation(entity: string, signal: AbortSignal): Promise<Automation | null> {
  const { items } = await call(getEntityAutomations, {
    params: { entity },
    query: { limit: MOST_AUTOMATIONS },
    signal,
  });
  return items.find(({ scope, enabled }) => enabled && scope.kind === 'project' && scope.project === PROJECT) ?? null;
}

async function newestExecution(entity: string, signal: AbortSignal): Promise<Execution | null> {
  const query = { project: [PROJECT], limit: 1 };
  const { items } = await call(getEntityExecutions, { params: { entity }, query, signal });
  return items.find(({ automation }) => automation !== null) ?? null;
}

/** A project that nobody has made yet has no run. */
async function orNothing<Found>(asked: Promise<Found>): Promise<Found | null> {
  try {
    return await asked;
  } catch (error) {
    if (error instanceof ApiError && error.status === 404) return null;
    throw error;
  }
}
