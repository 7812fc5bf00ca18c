import { compile, isArtifactAutomation } from '../engine/automation.ts';
import { runFacts } from '../events/run-subject.ts';
import { matches } from '../filter/match.ts';
import type { Viewer } from '../model/viewer.ts';
import type { ListedAutomation } from '../store/automation-lists.ts';
import { liveRecord } from '../store/live-record.ts';
import { runningRuns, type SeenRun, seeRuns } from '../store/scope-runs.ts';
import type { ExplainRoom } from './room.ts';
import { findScope, scopeRefOf } from './scope.ts';
import { territoriesOf } from './territories.ts';
import type { WhyNot } from './why-not.ts';
import { whyNotForSeen } from './why-run.ts';

/** Runs that are told of: each costs an explanation. */
const SHOWN = 10;
/** Newest running runs whose match is looked at. */
const LOOKED_AT = 100;

/** A run that goes on, and how it stands with an automation that watches it. */
export interface WatchedRun extends SeenRun {
  readonly why: WhyNot;
}

/** What an automation watches at this moment. */
export interface WatchedNow {
  /** The newest first. */
  readonly runs: readonly WatchedRun[];
  /** Whether there may be more of them. */
  readonly more: boolean;
}

/** The runs in progress that an automation watches, as far as the viewer may see them; none for artifacts. */
export async function watchedNow(room: ExplainRoom, viewer: Viewer, stored: ListedAutomation): Promise<WatchedNow> {
  const { database } = room.ground;
  const automation = compile(liveRecord(stored));
  if (isArtifactAutomation(automation)) return { runs: [], more: false };
  const scope = await findScope(database, viewer, scopeRefOf(stored));
  const territories = await territoriesOf(database, viewer, scope);
  const keys = await runningRuns(database, territories, LOOKED_AT);
  const seen = await seeRuns(room, database, keys);
  const watched = seen.filter(({ run }) => matches(automation.filter, runFacts(run)));
  const runs: WatchedRun[] = [];
  // one after the other: each may read history
  for (const each of watched.slice(0, SHOWN)) {
    runs.push({ ...each, why: await whyNotForSeen(room, stored, each) });
  }
  return { runs, more: watched.length > SHOWN || keys.length === LOOKED_AT };
}
