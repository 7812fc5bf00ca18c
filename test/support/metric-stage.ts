import { findProject } from '../../src/directory/find-project.ts';
import type { EntityId } from '../../src/model/ids.ts';
import type { JsonObject } from '../../src/model/json.ts';
import { printLooseJson } from '../../src/model/loose-json.ts';
import type { Edit } from '../../src/store/automation-edits.ts';
import type { Transaction } from '../../src/store/database.ts';
import { nextRulebookVersion } from '../../src/store/rulebook.ts';
import type { RunKey } from '../../src/store/run-heads.ts';
import { findRootIds } from '../../src/store/run-subjects.ts';
import type { Block, HistoryLine, RunChunk } from '../../src/tracking/run-chunk.ts';
import { type InProcess, openInProcess } from './in-process.ts';
import type { SeedPlace } from './seeded-runs.ts';

/** A stage for stories of metrics: an organization whose admin is `ann`, in which each story has a place. */
export async function openMetricStage(): Promise<InProcess> {
  const here = await openInProcess();
  await here.user('ann');
  await here.organization('acme', { ann: 'admin' });
  return here;
}

let made = 0;

/** A team with a project of its own: nothing that another story leaves behind applies there. */
export async function newPlace(here: InProcess): Promise<SeedPlace> {
  made += 1;
  const entityName = `team-${made}`;
  await here.team('acme', entityName, { ann: 'admin' });
  await here.as('ann', 'mutation C($input: UpsertModelInput!) { upsertModel(input: $input) { inserted } }', {
    input: { name: 'p', entityName },
  });
  const viewer = await here.viewer('ann');
  const project = await findProject(here.ground, viewer, entityName, 'p');
  return { tenantId: project!.tenantId, projectId: project!.id, userId: viewer.userId };
}

export async function rootOf({ ground }: InProcess, { tenantId }: SeedPlace): Promise<EntityId> {
  return (await findRootIds(ground.database, [tenantId])).get(tenantId)!;
}

/** Edits automations of a place, as its user and as one edition of the rulebook. */
export async function editRulebook(
  here: InProcess,
  place: SeedPlace,
  change: (tx: Transaction, rootId: EntityId, edit: Edit) => Promise<unknown>,
): Promise<void> {
  const { database, clock } = here.ground;
  const rootId = await rootOf(here, place);
  await database.transaction(async (tx) => {
    const rulebookVersion = await nextRulebookVersion(tx, rootId);
    await change(tx, rootId, { rulebookVersion, by: place.userId, now: clock.now() });
  });
}

/** Lines of a stream, and the number of the first. */
export interface Rows {
  readonly offset: number;
  readonly rows: readonly JsonObject[];
}

/** What one request of a run's client says when it says nothing but these lines. */
export function chunkOf(key: RunKey, streams: { readonly history?: Rows; readonly events?: Rows }): RunChunk {
  return {
    ...key,
    writer: undefined,
    history: blockOf(streams.history),
    events: blockOf(streams.events),
    summary: undefined,
    console: undefined,
    uploaded: [],
    preempting: false,
    ended: undefined,
  };
}

function blockOf(sent: Rows | undefined): Block<HistoryLine> | undefined {
  if (sent === undefined) return undefined;
  const lines = sent.rows.map((values) => ({ raw: printLooseJson(values), values, step: null, timestamp: null }));
  return { offset: sent.offset, lines };
}
