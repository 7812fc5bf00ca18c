import { createAutomation } from './automation.ts';
import { CREATE_WEBHOOK } from './documents.ts';
import { GraphqlRefusal } from './graphql.ts';
import type { Inbox } from './receiver.ts';
import { rest } from './rest.ts';
import type { Scene } from './scene.ts';
import { until } from './wait.ts';
import { metric } from './wire-events.ts';

/** What became of an address that the server was told to send to. */
export type Fate =
  | { readonly kind: 'refused at saving'; readonly status: number; readonly text: string }
  | { readonly kind: 'failed'; readonly phase: string; readonly text: string; readonly address: string | null }
  | { readonly kind: 'answered'; readonly status: number };

/** A way by which a user makes the server send something somewhere: all fates in the order of the addresses. */
export interface OutboundPath {
  readonly name: string;
  send(scene: Scene, urls: readonly string[]): Promise<readonly Fate[]>;
}

/** Every one there is; a new kind of destination is a line here. */
export const OUTBOUND_PATHS: readonly OutboundPath[] = [
  { name: 'a webhook created over REST and tested', send: each(createOverRest, testWebhook) },
  { name: 'a webhook changed over REST and tested', send: each(changeOverRest, testWebhook) },
  { name: 'a webhook created by the client and delivered to', send: deliverTo },
];

type Save = (scene: Scene, url: string) => Promise<string | Fate>;

/** Webhooks at work at once. */
const AT_ONCE = 8;

function each(save: Save, send: (scene: Scene, id: string) => Promise<Fate>): OutboundPath['send'] {
  return (scene, urls) =>
    mapSome(urls, async (url) => {
      const saved = await save(scene, url);
      return typeof saved === 'string' ? send(scene, saved) : saved;
    });
}

async function createOverRest(scene: Scene, url: string): Promise<string | Fate> {
  return saved(scene, 'POST', '', { name: `hook-${crypto.randomUUID()}`, url });
}

async function changeOverRest(scene: Scene, url: string): Promise<string | Fate> {
  const id = await createOverRest(scene, 'http://harmless.example/');
  return typeof id === 'string' ? saved(scene, 'PATCH', `/${id}`, { url }) : id;
}

async function saved({ server, person, team }: Scene, method: 'POST' | 'PATCH', path: string, body: object) {
  const answer = await server.call(`/api/v1/entities/${team}/integrations${path}`, { method, key: person.key, body });
  const { status, text } = answer;
  return status < 300
    ? (JSON.parse(text) as { id: string }).id
    : ({ kind: 'refused at saving', status, text } as const);
}

interface Tested {
  readonly status: number | null;
  readonly address: string | null;
  readonly error: { readonly phase: string; readonly message: string } | null;
}

async function testWebhook({ server, person, team }: Scene, id: string): Promise<Fate> {
  const path = `/entities/${team}/integrations/${id}/test`;
  const { status, error, address } = await rest<Tested>(server, person.key, path, { method: 'POST', body: {} });
  if (error !== null) return { kind: 'failed', phase: error.phase, text: error.message, address };
  return { kind: 'answered', status: status ?? 0 };
}

const UNUSED = { received: [] } as unknown as Inbox;

/** An automation for each address, all of them fired by one logged value. */
async function deliverTo(scene: Scene, urls: readonly string[]): Promise<readonly Fate[]> {
  const { server, person, team, projectId } = scene;
  const place = { server, key: person.key, entity: team, project: scene.project, projectId };
  const made = await mapSome(urls, async (url) => {
    const saving = await createByClient(scene, url);
    if (typeof saving !== 'string') return saving;
    const webhook = { id: saving, name: `hook-${crypto.randomUUID()}`, inbox: UNUSED };
    return createAutomation(place, webhook, metric('loss', '$gt', 10), {});
  });
  await (await scene.run()).log({ loss: 11 });
  return mapSome(made, (automation) =>
    'kind' in automation
      ? Promise.resolve(automation)
      : until(`an attempt of ${automation.name}`, () => firstFate(scene, automation.executions), { within: 60_000 }),
  );
}

async function createByClient({ graphql, team }: Scene, urlEndpoint: string): Promise<string | Fate> {
  try {
    const input = { entityName: team, name: `hook-${crypto.randomUUID()}`, urlEndpoint };
    const data = await graphql<{ result: { integration: { id: string } } }>(CREATE_WEBHOOK, { input });
    return data.result.integration.id;
  } catch (error) {
    if (!(error instanceof GraphqlRefusal)) throw error;
    return { kind: 'refused at saving', status: error.status, text: error.message };
  }
}

interface Attempted {
  readonly attempts: readonly {
    readonly status: number | null;
    readonly phase: string | null;
    readonly error: string | null;
    readonly address: string | null;
  }[];
}

async function firstFate(
  { server, person, team }: Scene,
  executions: () => Promise<readonly { readonly id: string }[]>,
): Promise<Fate | undefined> {
  const [execution] = await executions();
  if (execution === undefined) return undefined;
  const found = await rest<Attempted>(server, person.key, `/entities/${team}/executions/${execution.id}`);
  const [attempt] = found.attempts;
  if (attempt === undefined) return undefined;
  const { status, phase, error, address } = attempt;
  if (status !== null) return { kind: 'answered', status };
  return { kind: 'failed', phase: phase ?? '', text: error ?? '', address };
}

/** Does it for all of them, a few at once. */
export async function mapSome<From, To>(items: readonly From[], map: (item: From) => Promise<To>): Promise<To[]> {
  const made: To[] = [];
  const rest = items.entries();
  const work = async () => {
    for (const [index, item] of rest) made[index] = await map(item);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return made;
}
