import { type ArtifactAutomation, isArtifactAutomation, type LiveAutomation } from '../engine/automation.ts';
import { artifactVerdict, type FilterVerdict, runVerdict } from '../engine/filter-verdict.ts';
import { authorOf, type Viewer } from '../model/viewer.ts';
import { newestRuns, seeRuns } from '../store/scope-runs.ts';
import type { Territory } from '../store/territory.ts';
import { newestThings } from './artifact-things.ts';
import { type DraftInput, requireDraft } from './require-draft.ts';
import type { ExplainRoom } from './room.ts';
import { territoriesOf } from './territories.ts';

/** One thing of a scope, and what a filter says of it. */
export interface TestedThing extends FilterVerdict {
  readonly kind: 'run' | 'version' | 'alias' | 'tag';
  /** What it is called by people; a run's own name may be that of others too. */
  readonly name: string;
  /** The run's id; `null` for what is told by its name. */
  readonly run: string | null;
}

/** How many things are shown (automations, section 3.4). */
const SHOWN = 50;

/**
 * What the filter of an automation, saved or not, says of the newest things of its scope: by the evaluator that fires
 * it, and without changing anything (automations, section 3.4). Things that the viewer may not see are left out.
 *
 * @throws TriplineError invalid for the scope or the event
 */
export async function testFilters(
  room: ExplainRoom,
  viewer: Viewer,
  input: DraftInput,
): Promise<readonly TestedThing[]> {
  const { database } = room.ground;
  const { scope, automation } = await requireDraft(database, viewer, input);
  const territories = await territoriesOf(database, viewer, scope);
  return isArtifactAutomation(automation)
    ? testOnArtifacts(room, viewer, territories, automation)
    : testOnRuns(room, territories, automation);
}

async function testOnRuns(
  room: ExplainRoom,
  territories: readonly Territory[],
  automation: LiveAutomation,
): Promise<TestedThing[]> {
  const { database } = room.ground;
  const keys = await newestRuns(database, territories, SHOWN);
  return (await seeRuns(room, database, keys)).map(({ run }) => {
    const name = `${run.entity}/${run.project}/${run.displayName}`;
    return { kind: 'run' as const, name, run: run.id, ...runVerdict(automation, run) };
  });
}

async function testOnArtifacts(
  room: ExplainRoom,
  viewer: Viewer,
  territories: readonly Territory[],
  automation: ArtifactAutomation,
): Promise<TestedThing[]> {
  const { username } = authorOf(viewer);
  const wanted = { author: username, limit: SHOWN };
  const things = await newestThings(room, room.ground.database, territories, automation.event.type, wanted);
  return things.map(({ kind, name, captured }) => ({
    kind,
    name,
    run: null,
    ...artifactVerdict(automation, captured),
  }));
}
