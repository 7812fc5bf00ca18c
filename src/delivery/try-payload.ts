import { demand } from '../access/demand.ts';
import { renderPayload } from '../actions/prepare-webhook.ts';
import type { Webhook } from '../actions/webhook.ts';
import { readWebhookConfig, secretsOf, templateSecrets, type WebhookConfig } from '../actions/webhook-config.ts';
import { defaultDocument, variablesOf } from '../events/occasion.ts';
import { KNOWN_VARIABLES } from '../events/variables.ts';
import { conflict } from '../model/error.ts';
import type { Answer } from '../model/exchange.ts';
import type { EventId } from '../model/ids.ts';
import type { Viewer } from '../model/viewer.ts';
import { MASK } from '../secrets/mask.ts';
import { openSecrets } from '../secrets/open-secrets.ts';
import type { Ground } from '../store/ground.ts';
import type { Integration } from '../store/integrations.ts';
import { maskHoles } from '../template/holes.ts';
import { lint } from '../template/lint.ts';
import { parseTemplate } from '../template/parse.ts';
import { type ChosenEvent, chooseEvent } from './choose-event.ts';
import type { WithoutSecret } from './closed-destination.ts';
import { type OpenWebhook, openWebhook } from './open-webhook.ts';
import { type KeptResponse, responseOf, withoutCredentials } from './outcome.ts';
import { recordTest } from './record-test.ts';
import type { DeliveryRoom } from './room.ts';
import { writeRequest } from './write-request.ts';

/** A payload to be tried, and what with. */
export interface Trial extends Pick<Webhook, 'payload'> {
  /** `null`: the newest event of the webhook's entity, else a sample. */
  readonly eventId: EventId | null;
}

/** What a payload renders to. */
export interface Preview {
  readonly event: ChosenEvent;
  /** A JSON text, secrets masked. */
  readonly payload: string;
  /** Names and references that no event has: they stay as they stand. */
  readonly unknown: readonly string[];
}

/** A test that was sent; secrets masked. */
export interface IntegrationTest extends Preview {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly answer: Answer;
  readonly response: KeptResponse | null;
}

const PREVIEWED = 'exe_preview';

/**
 * What a payload would render to for a past event; for those who may use the webhook.
 *
 * @throws TriplineError forbidden, not_found for the event, invalid, too_large, conflict when the webhook is unreadable
 */
export async function previewPayload(
  room: DeliveryRoom,
  viewer: Viewer,
  webhook: Integration,
  trial: Trial,
): Promise<Preview> {
  demand(viewer, 'use_integration', webhook, `webhook '${webhook.name}'`);
  return shown(await rendered(room, viewer, webhook, trial, PREVIEWED), trial);
}

/**
 * Sends one request as a delivery would be, through the same guard, signer and sender; never repeated, in no history
 * (automations, section 4.5). A disabled webhook can be tested: that is how one learns whether to enable it.
 *
 * @throws TriplineError forbidden, not_found for the event, invalid, too_large, overloaded, conflict when a secret is
 *   missing
 */
export async function testWebhook(
  room: DeliveryRoom,
  { ids, clock }: Pick<Ground, 'ids' | 'clock'>,
  viewer: Viewer,
  webhook: Integration,
  trial: Trial,
): Promise<IntegrationTest> {
  demand(viewer, 'manage_integrations', webhook, `webhook '${webhook.name}'`);
  const now = clock.now();
  room.tests.note(webhook.id, now);
  const id = `test_${ids.next(now)}`;
  const made = await rendered(room, viewer, webhook, trial, id);
  const open = await opened(room, webhook, made.config);
  const variables = () => variablesOf(made.event.captured, made.event.occasion);
  const { request, shownHeaders } = writeRequest(room, open, { id, payload: made.payload, variables, now });
  const answer = await room.outbound.send(request);
  await recordTest(room.ground.database, viewer, webhook, answer, now);
  const preview = shown(made, trial);
  return {
    ...preview,
    payload: open.mask(preview.payload),
    url: withoutCredentials(request.url),
    headers: shownHeaders,
    answer,
    response: responseOf(answer, open.mask),
  };
}

/**
 * What a payload renders to for an event that was chosen already.
 *
 * @param webhook whose secrets it may name; `undefined` while none is chosen
 * @throws TriplineError invalid, too_large, conflict when the webhook is unreadable
 */
export function payloadFor(webhook: Integration | undefined, trial: Pick<Webhook, 'payload'>, event: ChosenEvent) {
  if (webhook !== undefined) return shown(renderedOn(webhook, trial, event), trial);
  return shown({ event, payload: written(trial, event, new Map()), secrets: new Map() }, trial);
}

interface Shown {
  readonly event: ChosenEvent;
  /** With holes for secrets. */
  readonly payload: string;
  /** By the names that a payload may use. */
  readonly secrets: ReadonlyMap<string, string>;
}

interface Rendered extends Shown {
  readonly config: WebhookConfig;
}

async function rendered(
  room: DeliveryRoom,
  viewer: Viewer,
  webhook: Integration,
  trial: Trial,
  executionId: string,
): Promise<Rendered> {
  const entity = { ...webhook, name: webhook.entityName };
  return renderedOn(webhook, trial, await chooseEvent(room, viewer, entity, { eventId: trial.eventId, executionId }));
}

function renderedOn(webhook: Integration, trial: Pick<Webhook, 'payload'>, event: ChosenEvent): Rendered {
  const config = readWebhookConfig(webhook.config);
  if (config === undefined) throw conflict(`the settings of webhook '${webhook.name}' cannot be read: save it anew`);
  const secrets = templateSecrets(config);
  return { config, event, secrets, payload: written(trial, event, secrets) };
}

function written(
  trial: Pick<Webhook, 'payload'>,
  { captured, occasion }: ChosenEvent,
  secrets: ReadonlyMap<string, string>,
): string {
  return renderPayload(trial, variablesOf(captured, occasion), defaultDocument(captured, occasion), secrets);
}

function shown({ event, payload, secrets }: Shown, trial: Pick<Webhook, 'payload'>): Preview {
  const known = new Set([...KNOWN_VARIABLES, ...secrets.keys()]);
  const unknown = trial.payload === null ? [] : lint(parseTemplate(trial.payload), known);
  return { event, payload: maskHoles(payload, MASK), unknown };
}

async function opened(room: DeliveryRoom, { tenantId }: Integration, config: WebhookConfig): Promise<OpenWebhook> {
  const found = await openSecrets(room.secrets, [{ tenantId, names: secretsOf(config) }]);
  const open = openWebhook(tenantId, config, found);
  if (open.kind === 'webhook') return open;
  throw conflict(`the secret '${open.name}' of this webhook ${CLOSED[open.kind]}`);
}

const CLOSED = {
  secret_missing: 'is missing',
  secret_forbidden: 'may not be read by it: see its access',
  secret_locked: 'cannot be opened by this node',
} as const satisfies Record<WithoutSecret['kind'], string>;
