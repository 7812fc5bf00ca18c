import { compile, type LiveAutomation } from '../engine/automation.ts';
import type { LimitFacts } from '../engine/limits-in-force.ts';
import type { Instant } from '../model/clock.ts';
import type { AutomationId } from '../model/ids.ts';
import type { ListedAutomation } from '../store/automation-lists.ts';
import { liveRecord } from '../store/live-record.ts';
import { findMeter } from '../store/meters.ts';
import { executionsAbout, type SubjectExecution } from '../store/subject-executions.ts';
import { watchSince } from '../store/watch-since.ts';
import type { ExplainRoom } from './room.ts';
import type { WhySubject } from './why-not.ts';

/** An automation that is asked about, and what of it does not depend on the kind of its event. */
export interface Asked {
  readonly stored: ListedAutomation;
  readonly automation: LiveAutomation;
  readonly executions: readonly SubjectExecution[];
  readonly facts: Omit<LimitFacts, 'newest' | 'latch'>;
  /** Since when it waits for what it waits for. */
  readonly since: Instant;
}

/** Executions that are shown. */
const SHOWN = 5;

/** Reads what any explanation of an automation needs. @throws TriplineError invalid when this version refuses its filter */
export async function ask(room: ExplainRoom, stored: ListedAutomation, subject: WhySubject): Promise<Asked> {
  const { database, clock } = room.ground;
  const id: AutomationId = stored.id;
  const [since, meter, executions] = await Promise.all([
    watchSince(database, id),
    findMeter(database, { tenantId: subject.tenantId, automationId: id }),
    executionsAbout(database, subject, id, SHOWN),
  ]);
  const { condition, enabled } = since ?? { condition: stored.createdAt, enabled: stored.createdAt };
  const facts = {
    ...{ now: clock.now(), enabled: stored.enabled, enabledSince: enabled, conditionSince: condition },
    ...{ meter, floodLimits: room.floodLimits },
  };
  return { stored, automation: compile(liveRecord(stored)), executions, facts, since: Math.max(condition, enabled) };
}

/** Whether a project lies under the scope of an automation for whole projects and entities. */
export function watchesProject({ stored }: Asked, { tenantId, projectId }: WhySubject): boolean {
  switch (stored.scopeKind) {
    case 'project':
      return stored.scopeId === projectId;
    case 'entity':
      return stored.scopeId === tenantId || (stored.scopeId === stored.rootId && stored.tenantId === stored.rootId);
    case 'collection':
      return false;
  }
}
