import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import fc from 'fast-check';
import { printDefinition } from '../src/engine/definition.ts';
import type { RunEventDefinition } from '../src/events/index.ts';
import { type AutomationId, asId } from '../src/model/ids.ts';
import { type AutomationContent, insertAutomation, updateAutomation } from '../src/store/automation-edits.ts';
import { findRunHead, type RunKey } from '../src/store/run-heads.ts';
import { appendAlone } from '../src/tracking/append-history.ts';
import type { TrackingRoom } from '../src/tracking/room.ts';
import { Rulebooks } from '../src/tracking/rulebooks.ts';
import { WindowCache } from '../src/tracking/window-cache.ts';
import type { InProcess } from './support/in-process.ts';
import { chunkOf, editRulebook, newPlace, openMetricStage } from './support/metric-stage.ts';
import {
  type Cutting,
  chunks,
  cutting,
  type Edit,
  FORGETS_NOTHING,
  foretold,
  type Story,
  story,
} from './support/metric-story.ts';
import { casesOf } from './support/property-cases.ts';
import { type SeedPlace, seedRun } from './support/seeded-runs.ts';

let here: InProcess;
let place: SeedPlace;

before(async () => {
  here = await openMetricStage();
});

/** A node of the server as far as chunks are concerned. */
function newNode(windowBytes: number): TrackingRoom {
  const fail = ({ error }: { error: unknown }) => {
    throw error;
  };
  return { ...here.tracking, rulebooks: new Rulebooks(fail), windows: new WindowCache(windowBytes) };
}

/** The automations of one story, by the names that the story has for them. */
class Automations {
  readonly #ids = new Map<AutomationId, AutomationId>();

  nameOf(id: AutomationId): AutomationId | undefined {
    return [...this.#ids].find(([, stored]) => stored === id)?.[0];
  }

  async apply({ record, enabled }: Edit): Promise<void> {
    // the run's config says which version it has, the filter leaves out every fourth, as the story wants
    const runFilter = { 'config.version': { $ne: (4 - (Number(record.id) % 4)) % 4 } };
    const content: AutomationContent = {
      tenantId: place.tenantId,
      scopeKind: record.scope.kind,
      scopeId: record.scope.kind === 'project' ? place.projectId : place.tenantId,
      name: record.name,
      description: null,
      enabled,
      definition: printDefinition({
        ...record,
        event: { ...record.event, runFilter } as RunEventDefinition,
      }),
    };
    await editRulebook(here, place, async (tx, rootId, edit) => {
      const id = this.#ids.get(record.id) ?? (await insertAutomation(tx, rootId, content, edit))!;
      this.#ids.set(record.id, id);
      const { conditionRevision } = record;
      await updateAutomation(tx, id, { content, revision: conditionRevision + 1, conditionRevision }, edit);
    });
  }
}

async function rename({ tenantId, runId }: RunKey): Promise<void> {
  await here.ground.database.transaction(async (tx) => {
    await tx.execute('update run_head set meta_version = meta_version + 1 where tenant_id = $1 and run_id = $2', [
      tenantId,
      runId,
    ]);
    await tx.execute(
      `update run set config = jsonb_set(config, '{version,value}', to_jsonb((config #>> '{version,value}')::int + 1))
        where tenant_id = $1 and run_id = $2`,
      [tenantId, runId],
    );
  });
}

/** Lets a run live through a story, and tells what fired. */
async function served(tale: Story, cuts: Cutting, windowBytes: number): Promise<string[]> {
  place = await newPlace(here);
  const key = await seedRun(here.ground, place, { name: 'run', config: { version: { value: 0 } } });
  const automations = new Automations();
  const nodes = [newNode(windowBytes), newNode(windowBytes)];
  for (const { rows, first, node, mishap } of chunks(tale, cuts)) {
    const edit = tale.edits.get(first);
    if (edit !== undefined) await automations.apply(edit);
    if (tale.renamed.has(first)) await rename(key);
    if (mishap === 'restarted') nodes[node] = newNode(windowBytes);
    if (mishap === 'evicted') nodes[node] = { ...nodes[node]!, windows: new WindowCache(windowBytes) };
    await appendAlone(nodes[node]!, chunkOf(key, { history: { offset: first, rows } }));
  }
  assert.equal((await findRunHead(here.ground.database, key))?.historyLines, tale.lines.length);
  const fired = await here.ground.database.query<{ automationId: string; line: number }>(
    `select automation_id as "automationId", (explanation->>'line')::int as line
       from execution join execution_detail using (tenant_id, event_id, automation_id, ask)
      where tenant_id = $1 and subject_id = $2`,
    [key.tenantId, key.runId],
  );
  return fired.map(({ automationId, line }) => `${automations.nameOf(asId(automationId))} at ${line}`).sort();
}

const ENOUGH = 64 * 1024 * 1024;

test('AUT-058, AUT-085: firings are the same whatever two nodes over one database forget, and equal to the oracle’s', async () => {
  let firings = 0;
  await fc.assert(
    fc.asyncProperty(story, cutting, fc.integer({ min: 0, max: 3_000 }), async (tale, cuts, windowBytes) => {
      const expected = foretold(tale).sort();
      firings += expected.length;
      assert.deepEqual(await served(tale, cuts, windowBytes), expected);
      assert.deepEqual(await served(tale, cuts, ENOUGH), expected);
      assert.deepEqual(await served(tale, FORGETS_NOTHING, ENOUGH), expected);
    }),
    { numRuns: casesOf(15) },
  );
  assert.ok(firings > 0, `the stories fire: ${firings}`);
});
