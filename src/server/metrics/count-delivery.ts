import { reasonClass } from '../../delivery/reason-class.ts';
import type { DeliveryWatch } from '../../delivery/watch.ts';
import type { Answer } from '../../model/exchange.ts';
import { madeAt } from '../../model/large-id.ts';
import type { Metrics } from '../../wire/metrics/metrics.ts';

/** Seconds; from an event to its first request: milliseconds when all is well, an hour when an automation floods. */
const DELAYS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 3600];

/** Counts the requests of deliveries and what became of their executions. */
export function countDelivery(metrics: Metrics): DeliveryWatch {
  const attempts = metrics.addCounter(
    'tripline_delivery_attempts_total',
    'Requests of deliveries, by verdict (done, not_before: tried again if the schedule allows, never) and by answer: class of the status or kind of failure',
    ['verdict', 'answer'],
  );
  const duration = metrics.addHistogram(
    'tripline_delivery_attempt_duration_seconds',
    'Time from the begin of a request to the last byte that is kept of its answer, or to its failure',
  );
  const delay = metrics.addHistogram(
    'tripline_delivery_delay_seconds',
    'Time from an event to the begin of its first request, the wait for its turn included',
    DELAYS,
  );
  const ended = metrics.addCounter(
    'tripline_executions_ended_total',
    'Executions that delivery ended, by status and by class of the reason',
    ['status', 'reason'],
  );
  const disabled = metrics.addCounter(
    'tripline_integrations_disabled_total',
    'Webhooks and channels that were disabled because of what their receivers answer, or fail to',
  );
  const broken = metrics.addCounter(
    'tripline_channels_broken_total',
    'Slack channels that began to be refused until a person acts',
  );
  return {
    sent: ({ answer, verdict, startedAt, outcome: { claimed } }) => {
      attempts(1, { verdict: verdict.kind, answer: answerClass(answer) });
      duration(answer.durationMs / 1000);
      if (claimed.tries === 1) delay(Math.max(0, startedAt - madeAt(claimed.eventId)) / 1000);
    },
    recorded: (outcomes) => {
      for (const { status } of outcomes) {
        if (status.status !== 'pending') ended(1, { status: status.status, reason: reasonClass(status.reason) });
      }
    },
    troubled: ({ trouble }) => (trouble === 'disabled' ? disabled() : broken()),
  };
}

function answerClass(answer: Answer): string {
  return answer.kind === 'failure' ? answer.fault : `${Math.floor(answer.status / 100)}xx`;
}
