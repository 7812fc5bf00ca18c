import { isMetricAutomation, isStateAutomation, type LiveAutomation } from '../engine/automation.ts';
import { runVerdict } from '../engine/filter-verdict.ts';
import { limitsInForce } from '../engine/limits-in-force.ts';
import type { RunState } from '../events/run-state.ts';
import type { Instant } from '../model/clock.ts';
import { invalid, notFound } from '../model/error.ts';
import type { ListedAutomation } from '../store/automation-lists.ts';
import { findLatch } from '../store/latches.ts';
import type { ProjectPlace } from '../store/projects.ts';
import { findRunKey } from '../store/runs.ts';
import { type SeenRun, seeRun } from '../store/scope-runs.ts';
import { eventsAbout, type SubjectEvent } from '../store/subject-events.ts';
import { type Asked, ask, watchesProject } from './ask-why.ts';
import type { ExplainRoom } from './room.ts';
import { whyMetric } from './why-metric.ts';
import type { ExaminedEvent, WhyNot, WhySubject } from './why-not.ts';

/** Events of a subject that are looked at. */
const MOST_EVENTS = 20;

/**
 * Why an automation fired for a run, or did not (automations, section 8.3). Nothing is kept for it: everything is
 * read from what is stored anyway.
 *
 * @param project of the run; the viewer may see it and the automation
 * @param name of the run on the wire
 * @throws TriplineError not_found, invalid when the automation watches no runs
 */
export async function whyNotForRun(
  room: ExplainRoom,
  stored: ListedAutomation,
  project: ProjectPlace,
  name: string,
): Promise<WhyNot> {
  const { database } = room.ground;
  const { tenantId, id: projectId } = project;
  const key = await findRunKey(database, { tenantId, projectId, name });
  const unknown = () => notFound(`run '${name}' not found in '${project.entityName}/${project.name}'`);
  if (key === undefined) throw unknown();
  const seen = await seeRun(room, database, key);
  if (seen === undefined) throw unknown();
  return whyNotForSeen(room, stored, seen);
}

/** The same for a run as it is now. @throws TriplineError invalid when the automation watches no runs */
export async function whyNotForSeen(room: ExplainRoom, stored: ListedAutomation, seen: SeenRun): Promise<WhyNot> {
  const { tenantId, projectId, runId: subjectId } = seen.head;
  const subject = { tenantId, projectId, subjectId };
  const asked = await ask(room, stored, subject);
  const { automation } = asked;
  if (isMetricAutomation(automation)) return whyMetric(room, asked, automation, subject, seen);
  if (isStateAutomation(automation)) return whyState(room, asked, automation, subject, seen);
  throw invalid('this automation watches artifacts: ask about a version', 'run');
}

async function whyState(
  { ground: { database } }: ExplainRoom,
  asked: Asked,
  automation: LiveAutomation<RunState>,
  subject: WhySubject,
  { head, run }: SeenRun,
): Promise<WhyNot> {
  const [found, latch] = await Promise.all([
    eventsAbout(database, subject, ['RUN_STATE'], MOST_EVENTS),
    findLatch(database, { ...head, automationId: automation.id }),
  ]);
  const events = found.flatMap((event) => examined(automation, event));
  const filter = runVerdict(automation, run);
  const limits = limitsInForce(automation, { ...asked.facts, latch, newest: events[0]?.at });
  const answer = { filter, limits, metric: null, events, executions: asked.executions };
  if (!watchesProject(asked, subject)) {
    return { ...answer, reason: 'out_of_scope', words: 'the run does not lie under the scope of the automation' };
  }
  const told = reasonOf(asked, answer, waitsFor(automation, run.state));
  const unsettled =
    told.reason === 'held_and_did_not_fire' ? unsettledWords(automation, events, asked.facts.now) : null;
  return { ...answer, ...told, ...(unsettled !== null && { words: unsettled }) };
}

function examined(
  automation: LiveAutomation<RunState>,
  { eventId, occurredAt, captured }: SubjectEvent,
): ExaminedEvent[] {
  if (captured.type !== 'RUN_STATE') return [];
  const awaited = automation.event.states.includes(captured.state);
  return [{ id: eventId, type: captured.type, at: occurredAt, awaited, ...runVerdict(automation, captured.run) }];
}

function waitsFor({ event }: LiveAutomation<RunState>, state: string): string {
  return `the run is ${state}, and the automation waits for it to become ${event.states.join(' or ')}`;
}

/** Why a state that has to hold for a time did not fire. @param events the newest first @returns `null` where that is not why */
function unsettledWords(
  { settleSeconds }: LiveAutomation<RunState>,
  [last]: readonly ExaminedEvent[],
  now: Instant,
): string | null {
  if (settleSeconds === 0 || last === undefined) return null;
  if (!last.awaited) return `the run did not stay in the state for ${settleSeconds} seconds (settleSeconds)`;
  const end = last.at + settleSeconds * 1000;
  if (now >= end) return null;
  return `it fires once the run has stayed in the state until ${new Date(end).toISOString()} (settleSeconds)`;
}

/** Of an automation that waits for events. @param idle what is said when none of those came */
export function reasonOf(
  { executions, since }: Pick<Asked, 'executions' | 'since'>,
  { limits, events }: Pick<WhyNot, 'limits' | 'events'>,
  idle: string,
): Pick<WhyNot, 'reason' | 'words'> {
  const awaited = events.filter((event) => event.awaited);
  const [newest] = awaited;
  const disabled = limits.find(({ kind }) => kind === 'disabled');
  if (disabled !== undefined) return { reason: 'disabled', words: disabled.words };
  if (newest === undefined) return { reason: 'nothing_happened', words: idle };
  if (newest.at < since) {
    const early = limits.find(({ kind }) => kind === 'created_later' || kind === 'condition_edited');
    return {
      reason: 'came_too_early',
      words: early?.words ?? 'what it waits for came before the automation was as it is',
    };
  }
  if (awaited.every(({ matches }) => !matches)) {
    return { reason: 'filter', words: `its filter leaves it out: ${newest.deciding}` };
  }
  if (executions.length > 0) return { reason: 'fired', words: 'it fired: see its executions' };
  return { reason: 'held_and_did_not_fire', words: 'its filter matches what happened, and it did not fire then' };
}
