import { demand } from '../access/demand.ts';
import type { Verdict } from '../actions/judge-http.ts';
import { isBreaking, judgeSlack } from '../actions/judge-slack.ts';
import { prepareSlack } from '../actions/prepare-slack.ts';
import type { Instant } from '../model/clock.ts';
import { conflict } from '../model/error.ts';
import type { EventId } from '../model/ids.ts';
import type { Viewer } from '../model/viewer.ts';
import { findDestinations } from '../store/delivery-work.ts';
import type { Ground } from '../store/ground.ts';
import { forgetBroken, markBroken } from '../store/integration-health.ts';
import type { Integration } from '../store/integrations.ts';
import { chooseEvent } from './choose-event.ts';
import { type OpenSlack, openSlack } from './open-slack.ts';
import { responseOf, withoutCredentials } from './outcome.ts';
import { recordTest } from './record-test.ts';
import { renderMessage } from './render-message.ts';
import type { DeliveryRoom } from './room.ts';
import type { IntegrationTest } from './try-payload.ts';

const TEST = {
  title: 'Test message',
  message: 'This channel receives what automations send.',
  severity: 'INFO',
} as const;

/**
 * Sends one message as a delivery would, about a past event or a sample; never repeated, in no history (automations,
 * section 4.5). What Slack answers tells whether the channel is broken.
 *
 * @throws TriplineError forbidden, not_found for the event, overloaded, conflict when the channel cannot be opened
 */
export async function testMessage(
  room: DeliveryRoom,
  { ids, clock }: Pick<Ground, 'ids' | 'clock'>,
  viewer: Viewer,
  channel: Integration,
  eventId: EventId | null,
): Promise<IntegrationTest> {
  demand(viewer, 'manage_integrations', channel, `Slack channel '${channel.name}'`);
  const now = clock.now();
  room.tests.note(channel.id, now);
  const open = await opened(room, channel);
  const executionId = `test_${ids.next(now)}`;
  const event = await chooseEvent(room, viewer, { ...channel, name: channel.entityName }, { eventId, executionId });
  const payload = renderMessage(room, TEST, event.captured, event.occasion);
  const request = prepareSlack(open.url, payload, room.version);
  const answer = await room.outbound.send(request);
  await recordTest(room.ground.database, viewer, channel, answer, now);
  await learn(room, channel, judgeSlack(answer, now), now);
  return {
    event,
    payload,
    unknown: [],
    url: withoutCredentials(open.url),
    headers: request.headers,
    answer: answer.kind === 'failure' ? { ...answer, text: open.mask(answer.text) } : answer,
    response: responseOf(answer, open.mask),
  };
}

async function opened({ ground, secrets }: DeliveryRoom, { id, name }: Integration): Promise<OpenSlack> {
  const [stored] = await findDestinations(ground.database, [id]);
  const open = stored && openSlack(stored, await secrets.dataKeys.of([stored.tenantId]));
  if (open?.kind === 'slack') return open;
  throw conflict(`the address of '${name}' cannot be opened by this node: connect the channel again`);
}

async function learn({ ground }: DeliveryRoom, { id }: Integration, verdict: Verdict, now: Instant): Promise<void> {
  await ground.database.transaction(async (tx) => {
    if (verdict.kind === 'done') await forgetBroken(tx, [id]);
    else if (isBreaking(verdict)) await markBroken(tx, [{ integrationId: id, reason: verdict.reason }], now);
  });
}
