import { CREATE_PROJECT, CREATE_WEBHOOK } from './documents.ts';
import { graphqlWith } from './graphql.ts';
import { type PushedRun, pushRun, type RunFields } from './pushed-run.ts';
import type { Receiver } from './receiver.ts';
import { rest } from './rest.ts';
import type { Server } from './server.ts';
import { type AutomationFields, createAutomation, type Watch } from './watch.ts';
import type { WireEvent } from './wire-events.ts';

/** Somebody who signs in. */
export interface Person {
  readonly username: string;
  readonly key: string;
}

/** A team with a project, and what happens there: each test has its own, so that tests share one server. */
export interface Scene {
  readonly server: Server;
  /** Admin of the team; acts unless a test says otherwise. */
  readonly person: Person;
  readonly team: string;
  readonly project: string;
  readonly projectId: string;
  /** Creates an automation on the project with a webhook of its own. */
  automation(event: WireEvent, fields?: AutomationFields): Promise<Watch>;
  /** Starts a run in the project. */
  run(fields?: RunFields, person?: Person): Promise<PushedRun>;
  /** A further member of the team. */
  member(): Promise<Person>;
}

let made = 0;

/** Names stay unique over restarts of the server and over files that share a database. */
function unique(kind: string): string {
  made += 1;
  return `${kind}-${process.pid.toString(36)}-${made}`;
}

export async function openScene(server: Server, receiver: Receiver): Promise<Scene> {
  const person = await signUp(server);
  const organization = unique('org');
  const members = [{ username: person.username, role: 'admin' }];
  const team = unique('team');
  const project = 'training';
  await post(server, '/organizations', { name: organization, members });
  await post(server, `/organizations/${organization}/teams`, { name: team, members });
  const graphql = graphqlWith(server, person.key);
  const created = await graphql<{ result: { project: { id: string } } }>(CREATE_PROJECT, {
    input: { name: project, entityName: team },
  });
  const place = { server, entity: team, project };
  return {
    server,
    person,
    team,
    project,
    projectId: created.result.project.id,
    automation: async (event, fields = {}) => {
      const inbox = receiver.inbox();
      const name = fields.name ?? unique('automation');
      const webhook = await graphql<{ result: { integration: { id: string } } }>(CREATE_WEBHOOK, {
        input: { entityName: team, name, urlEndpoint: inbox.url },
      });
      const scope = { server, key: person.key, entity: team, projectId: created.result.project.id };
      return createAutomation(scope, { inbox, integrationId: webhook.result.integration.id }, event, {
        ...fields,
        name,
      });
    },
    run: (fields, runner = person) => pushRun({ ...place, key: runner.key }, fields),
    member: async () => {
      const person = await signUp(server);
      await post(server, `/organizations/${organization}/members`, { username: person.username, role: 'member' });
      await post(server, `/organizations/${organization}/teams/${team}/members`, {
        username: person.username,
        role: 'member',
      });
      return person;
    },
  };
}

async function signUp(server: Server): Promise<Person> {
  const username = unique('user');
  const key = username.padEnd(40, '0').replaceAll('-', 'x');
  await post(server, '/users', { username, email: `${username}@example.com`, apiKey: key });
  return { username, key };
}

async function post(server: Server, path: string, body: unknown): Promise<void> {
  await rest(server, server.adminKey, path, { method: 'POST', body });
}
