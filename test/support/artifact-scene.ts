import { randomBytes } from 'node:crypto';
import { parseExecutionId } from '../../src/model/execution-id.ts';
import { type ArtifactDeeds, artifactDeeds, type CollectionName, type ProjectName } from './artifact-deeds.ts';
import type { Automation, AutomationFields } from './automation.ts';
import { graphqlWith } from './graphql.ts';
import { commitVersion, logVersion, type VersionToLog } from './logged-version.ts';
import { rest } from './rest.ts';
import type { Person, Scene } from './scene.ts';
import { type Watch, webhookId } from './watch.ts';
import { type ArtifactEventType, artifactEvent, type RunFilter } from './wire-events.ts';

/** What happens to artifacts in a scene, and who watches. */
export interface ArtifactScene extends ArtifactDeeds {
  /** The scene's project. */
  readonly project: ProjectName;
  /** A collection of it. */
  collection(name: string): CollectionName;
  /** Logs a version, with content of its own unless told, in the scene's project. @returns its id */
  log(collection: string, version?: Omit<Partial<VersionToLog>, 'collection'>, where?: ProjectName): Promise<string>;
  /** Says again that a version is complete. */
  commit(version: string): Promise<void>;
  /** A new registry of the scene's organization, open to its members. */
  registry(name: string, protectedAliases?: readonly string[]): Promise<ProjectName>;
  /** Creates an automation of an entity, project, registry or collection, with a webhook of its own. */
  automation(
    place: string | ProjectName | CollectionName,
    type: ArtifactEventType,
    where?: RunFilter,
    fields?: AutomationFields,
  ): Promise<Automation>;
}

/** The payload that automations of artifacts ask for: every variable that belongs to an artifact event. */
export const ARTIFACT_PAYLOAD = {
  event: '${event_type}',
  author: '${event_author}',
  entity: '${entity_name}',
  project: '${project_name}',
  automation: '${automation_name}',
  alias: '${alias}',
  tag: '${tag}',
  collection: '${artifact_collection_name}',
  id: '${artifact_version}',
  version: '${artifact_version_string}',
  index: '${artifact_version_index}',
  type: '${artifact_type}',
  note: '${artifact_metadata.note}',
} as const;

export function artifactScene(scene: Scene, person: Person = scene.person): ArtifactScene {
  const { server, team, organization } = scene;
  const graphql = graphqlWith(server, person.key);
  const project = { entity: team, project: scene.project };
  const deeds = artifactDeeds(graphql);
  return {
    ...deeds,
    project,
    collection: (collection) => ({ ...project, collection }),
    log: (collection, version, where = project) => {
      const files = { 'content.bin': randomBytes(16) };
      const place = { team: where.entity, project: where.project };
      return logVersion({ graphql, scene: place }, { files, ...version, collection });
    },
    commit: (version) => commitVersion(graphql, version),
    registry: async (name, protectedAliases = []) => {
      const path = `/organizations/${organization}/registries`;
      await rest(server, person.key, path, { method: 'POST', body: { name } });
      await rest(server, person.key, `${path}/${name}`, { method: 'PATCH', body: { protectedAliases } });
      return { entity: organization, project: `wandb-registry-${name}` };
    },
    automation: async (place, type, where, fields) => {
      const made = { payload: ARTIFACT_PAYLOAD, ...fields, scope: await deeds.scopeOf(place) };
      return scene.automation(artifactEvent(type, where), made, typeof place === 'string' ? place : place.entity);
    },
  };
}

/** What arrived at several automations, each told by `tell`, in the order in which it happened. */
export function inOrder(
  watches: readonly Watch[],
  tell: (payload: Readonly<Record<string, string>>) => string,
): string[] {
  // deliveries may overtake each other; an execution's id holds the id of its event, which ascends
  const received = watches.flatMap(({ inbox }) => inbox.received);
  const byEvent = received.map((each) => ({ each, event: BigInt(parseExecutionId(webhookId(each))?.eventId ?? 0) }));
  return byEvent
    .toSorted((one, other) => (one.event < other.event ? -1 : 1))
    .map(({ each }) => tell(JSON.parse(each.body)));
}
