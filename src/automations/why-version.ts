import { type ArtifactAutomation, isArtifactAutomation } from '../engine/automation.ts';
import { readDefinition } from '../engine/definition.ts';
import { artifactVerdict } from '../engine/filter-verdict.ts';
import { limitsInForce } from '../engine/limits-in-force.ts';
import { isArtifactEvent } from '../events/artifact-events.ts';
import { kindOf } from '../events/index.ts';
import { invalid, notFound } from '../model/error.ts';
import type { ListedAutomation } from '../store/automation-lists.ts';
import { placeByVersion } from '../store/collection-reads.ts';
import { type Collection, collectionByName } from '../store/collections.ts';
import type { ProjectPlace } from '../store/projects.ts';
import { eventsAbout, type SubjectEvent } from '../store/subject-events.ts';
import { type Asked, ask, watchesProject } from './ask-why.ts';
import type { ExplainRoom } from './room.ts';
import type { ExaminedEvent, WhyNot, WhySubject } from './why-not.ts';
import { reasonOf } from './why-run.ts';

/** Events of a version that are looked at. */
const MOST_EVENTS = 20;

/** A version by its number in a collection. */
export interface NamedVersion {
  readonly collection: string;
  readonly index: number;
}

/**
 * Why an automation fired for a version, or did not: which events of its type the version had, and what the filter
 * said of each as it was then. An automation for tags of collections is asked about any version of the collection.
 *
 * @param project of the collection; the viewer may see it and the automation
 * @throws TriplineError not_found, invalid when the automation watches runs
 */
export async function whyNotForVersion(
  room: ExplainRoom,
  stored: ListedAutomation,
  project: ProjectPlace,
  { collection: name, index }: NamedVersion,
): Promise<WhyNot> {
  const { database } = room.ground;
  const { tenantId, id: projectId } = project;
  const collection = await collectionByName(database, { tenantId, projectId, name });
  const place = collection && (await placeByVersion(database, collection, index));
  if (collection === undefined || place === undefined) throw notFound(`version '${name}:v${index}' not found`);
  const { type } = readDefinition(stored.definition).event;
  const isTag = type === 'ADD_COLLECTION_TAG' || type === 'REMOVE_COLLECTION_TAG';
  const subject = { tenantId, projectId, subjectId: isTag ? collection.collectionId : place.artifactId };
  const asked = await ask(room, stored, subject);
  const { automation } = asked;
  if (!isArtifactAutomation(automation)) throw invalid('this automation watches runs: ask about a run', 'version');
  return whyArtifact(room, asked, automation, subject, collection);
}

async function whyArtifact(
  { ground: { database } }: ExplainRoom,
  asked: Asked,
  automation: ArtifactAutomation,
  subject: WhySubject,
  collection: Collection,
): Promise<WhyNot> {
  const found = await eventsAbout(database, subject, [automation.event.type], MOST_EVENTS);
  const events = found.flatMap((event) => examined(automation, event, collection));
  const limits = limitsInForce(automation, { ...asked.facts, latch: undefined, newest: events[0]?.at });
  const answer = { filter: null, limits, metric: null, events, executions: asked.executions };
  const { scopeKind, scopeId } = asked.stored;
  const watches = scopeKind === 'collection' ? scopeId === collection.collectionId : watchesProject(asked, subject);
  if (!watches) {
    return { ...answer, reason: 'out_of_scope', words: 'the version does not lie under the scope of the automation' };
  }
  const idle = `nothing of its kind happened to the version there: ${kindOf(automation.event.type).label}`;
  return { ...answer, ...reasonOf(asked, answer, idle) };
}

/** An event of the version at another of its places is not one of this place. */
function examined(
  automation: ArtifactAutomation,
  { eventId, occurredAt, captured, projectId }: SubjectEvent,
  collection: Collection,
): ExaminedEvent[] {
  if (!isArtifactEvent(captured)) return [];
  const { name } = 'version' in captured ? captured.version.collection : captured.collection;
  const awaited = name === collection.name && projectId === collection.projectId;
  return [{ id: eventId, type: captured.type, at: occurredAt, awaited, ...artifactVerdict(automation, captured) }];
}
