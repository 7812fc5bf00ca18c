import { findExecutions } from '../../delivery/find-executions.ts';
import type { ExecutionFilter } from '../../store/execution-filter.ts';
import type { Ground } from '../../store/ground.ts';
import { metricCaptures } from '../../store/metric-captures.ts';
import type { RunView } from '../../store/run-views.ts';
import { type MarkedQuery, toFiring } from './chart-schemas.ts';
import { type FiredMark, placesOf } from './firing-places.ts';

/** Firings that one answer lists: more marks than that say nothing. */
export const MOST_FIRINGS = 200;
const METRIC_EVENTS = ['RUN_METRIC', 'RUN_METRIC_CHANGE', 'RUN_METRIC_ZSCORE'];

/** Where metrics of some runs of a tenant made automations fire, newest first. @param seen what the viewer may see */
export async function firingsOf(
  ground: Ground,
  seen: ExecutionFilter['seen'],
  runs: readonly RunView[],
  query: MarkedQuery,
) {
  const [first] = runs;
  if (first === undefined) return [];
  const views = new Map(runs.map((run) => [String(run.runId), run]));
  const wanted = new Map([
    ['subject_id', [...views.keys()]],
    ['event_type', METRIC_EVENTS],
  ] as const);
  const filter = { seen, wanted, reason: null, integrationId: null, from: null, to: null };
  const { items } = await findExecutions(ground, filter, { after: null, limit: MOST_FIRINGS, oldestFirst: false });
  const events = items.map(({ eventId }) => eventId);
  const captures = await metricCaptures(ground.database, first.tenantId, events);
  const marks = items.flatMap((execution): FiredMark[] => {
    const [run, metric] = [views.get(execution.subjectId), captures.get(execution.eventId)];
    return run === undefined || metric === undefined ? [] : [{ execution, run, metric }];
  });
  const placeOf = await placesOf(ground.database, marks, query);
  return marks.flatMap((mark) => toFiring(mark.execution, mark.metric, mark.run.name, placeOf(mark)));
}
