import type { Json, JsonObject } from '../../model/json.ts';
import { uncleanJson } from '../../model/loose-json.ts';
import type { Ground } from '../../store/ground.ts';
import type { RunKey } from '../../store/run-heads.ts';
import type { RunListing } from '../../store/run-queries.ts';
import { runValues } from '../../store/run-values.ts';
import { type RunView, summaryTexts } from '../../store/run-views.ts';
import { usersById } from '../../store/users-by-id.ts';
import type { Column } from './run-queries.ts';
import { type ShownRun, toRun } from './run-schemas.ts';
import { objectOf, sayable } from './sayable.ts';

/** A page of runs as the API answers it: with the values of the columns that were asked for, or the latest metrics. */
export async function shownRuns(
  ground: Ground,
  listing: RunListing,
  views: readonly RunView[],
  columns: readonly Column[] | undefined,
) {
  const ids = views.map(({ runId }) => runId);
  const fields = (columns ?? []).map(({ field }) => field);
  const [show, values] = await Promise.all([
    describer(ground, views, columns === undefined),
    runValues(ground.database, listing, ids, fields),
  ]);
  return views.map((view) => ({
    ...toRun(show(view)),
    ...(columns === undefined ? {} : { values: named(columns, values.get(view.runId)) }),
  }));
}

/** Values by the names under which their columns were asked for. */
export function named(columns: readonly Column[], values: readonly Json[] = []): Record<string, unknown> {
  return sayable(Object.fromEntries(columns.map(({ name }, index) => [name, uncleanJson(values[index] ?? null)])));
}

/** Reads what else is shown of some runs, of all together. @param withSummaries else they are left empty */
export async function describer(
  { database }: Ground,
  views: readonly RunView[],
  withSummaries: boolean,
): Promise<(view: RunView) => ShownRun> {
  const keys: RunKey[] = withSummaries ? views.map(({ tenantId, runId }) => ({ tenantId, runId })) : [];
  const ids = [...new Set(views.flatMap(({ userId }) => userId ?? []))];
  const [summaries, users] = await Promise.all([summaryTexts(database, keys), usersById(database, ids)]);
  const textOf = new Map(summaries.map(({ runId, text }) => [runId, text]));
  const nameOf = new Map(users.map(({ id, username }) => [id, username]));
  return (view) => ({
    view,
    author: (view.userId !== null && nameOf.get(view.userId)) || null,
    summary: objectOf(textOf.get(view.runId)) satisfies JsonObject,
  });
}
