import { type Automation, type AutomationFields, createAutomation, type Webhook } from './automation.ts';
import { CREATE_PROJECT, CREATE_WEBHOOK } from './documents.ts';
import { type Graphql, graphqlWith } from './graphql.ts';
import { type PushedRun, pushRun, type RunFields } from './pushed-run.ts';
import type { Receiver } from './receiver.ts';
import { rest } from './rest.ts';
import type { Server } from './server.ts';
import { type StoredRun, storedRun } from './stored-run.ts';
import { type Watch, watchOf } from './watch.ts';
import type { WireEvent } from './wire-events.ts';

/** Somebody who signs in. */
export interface Person {
  readonly username: string;
  readonly key: string;
}

/** A team with a project, and what happens there: each test has its own, so that tests share one server. */
export interface Scene {
  readonly server: Server;
  /** All processes on its database; the first is `server`. */
  readonly nodes: readonly Server[];
  /** Admin of the team; acts unless a test says otherwise. */
  readonly person: Person;
  /** A further member of the team. */
  readonly teammate: Person;
  /** Of the team; `person` is its admin. */
  readonly organization: string;
  readonly team: string;
  readonly project: string;
  readonly projectId: string;
  /** Sends GraphQL as `person`. */
  readonly graphql: Graphql;
  /** Creates a webhook of the team. */
  webhook(): Promise<Webhook>;
  /**
   * Creates an automation on the project, or where a test says, with a webhook of its own.
   *
   * @param entity whose executions are looked at: the owner of what happens; default the team
   */
  automation(event: WireEvent, fields?: AutomationFields, entity?: string): Promise<Automation>;
  /** What is expected of an automation that somebody else made. */
  watch(name: string, webhook: Webhook): Watch;
  /** The same of an automation of another entity, for instance of a registry's organization. */
  watchIn(entity: string, name: string, webhook: Webhook): Watch;
  /** Starts a run in the project. */
  run(fields?: RunFields, person?: Person): Promise<PushedRun>;
  /** A run of the project that somebody else started. */
  stored(id: string): StoredRun;
}

const PROJECT = 'training';
let made = 0;

/** Names stay unique over restarts of the server and over files that share a database. */
function unique(kind: string): string {
  made += 1;
  return `${kind}-${process.pid.toString(36)}-${made}`;
}

export async function openScene(
  server: Server,
  receiver: Receiver,
  nodes: readonly Server[] = [server],
): Promise<Scene> {
  const person = await signUp(server);
  const teammate = await signUp(server);
  const { organization, team } = await makeTeam(server, person, teammate);
  const graphql = graphqlWith(server, person.key);
  const projectId = await makeProject(graphql, team);
  const place = { server, key: person.key, entity: team, project: PROJECT, projectId };
  const webhook = () => makeWebhook(graphql, team, receiver);
  return {
    server,
    nodes,
    person,
    teammate,
    organization,
    team,
    project: PROJECT,
    projectId,
    graphql,
    webhook,
    automation: async (event, fields = {}, entity = team) =>
      createAutomation({ ...place, entity }, await webhook(), event, fields),
    watch: (name, { inbox }) => watchOf(place, name, inbox),
    watchIn: (entity, name, { inbox }) => watchOf({ ...place, entity }, name, inbox),
    run: (fields, { key } = person) => pushRun({ ...place, key }, fields),
    stored: (id) => storedRun(place, id),
  };
}

/** A new user of the server. */
export async function signUp(server: Server): Promise<Person> {
  const username = unique('user');
  const key = username.replaceAll('-', 'x').padEnd(40, 'k');
  await post(server, '/users', { username, email: `${username}@example.com`, apiKey: key });
  return { username, key };
}

async function makeTeam(server: Server, admin: Person, member: Person) {
  const team = unique('team');
  const members = [
    { username: admin.username, role: 'admin' },
    { username: member.username, role: 'member' },
  ];
  const organization = unique('organization');
  await post(server, '/organizations', { name: organization, members });
  await post(server, `/organizations/${organization}/teams`, { name: team, members });
  return { organization, team };
}

async function makeProject(graphql: Graphql, entityName: string): Promise<string> {
  const input = { name: PROJECT, entityName };
  const data = await graphql<{ result: { project: { id: string } } }>(CREATE_PROJECT, { input });
  return data.result.project.id;
}

async function makeWebhook(graphql: Graphql, entityName: string, receiver: Receiver): Promise<Webhook> {
  const name = unique('hook');
  const inbox = receiver.inbox();
  const input = { entityName, name, urlEndpoint: inbox.url };
  const data = await graphql<{ result: { integration: { id: string } } }>(CREATE_WEBHOOK, { input });
  return { id: data.result.integration.id, name, inbox };
}

async function post(server: Server, path: string, body: unknown): Promise<void> {
  await rest(server, server.adminKey, path, { method: 'POST', body });
}
