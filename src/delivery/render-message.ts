import type { Notification } from '../actions/notification.ts';
import { renderNotification } from '../actions/render-notification.ts';
import { type CapturedEvent, happened, judgedValues, wordsOf } from '../events/index.ts';
import { type Occasion, variablesOf } from '../events/occasion.ts';
import type { DeliveryRoom } from './room.ts';

/** The message of a notification about an event, as the JSON text that Slack takes. @throws TriplineError too_large */
export function renderMessage(
  { executionUrl }: Pick<DeliveryRoom, 'executionUrl'>,
  action: Pick<Notification, 'title' | 'message' | 'severity'>,
  captured: CapturedEvent,
  occasion: Occasion,
): string {
  const message = renderNotification(action, {
    variables: variablesOf(captured, occasion),
    sentence: happened(captured),
    words: wordsOf(captured),
    values: judgedValues(captured),
    executionUrl: executionUrl(occasion.executionId),
  });
  return JSON.stringify(message);
}
