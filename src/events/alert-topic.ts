import type { ReportedState } from '../model/run-state.ts';

/** What people are told of without an automation of their own (automations, section 4.7). */
export const ALERT_TOPICS = ['run_alert', 'run_finished', 'run_crashed', 'delivery_trouble'] as const;

export type AlertTopic = (typeof ALERT_TOPICS)[number];

/** By which settings people choose where alerts go. */
export const ALERT_SETTINGS = {
  run_alert: 'runAlert',
  run_finished: 'runFinished',
  run_crashed: 'runCrashed',
  delivery_trouble: 'deliveryTrouble',
} as const satisfies Record<AlertTopic, string>;

export type AlertSetting = (typeof ALERT_SETTINGS)[AlertTopic];

/** The topic of a run's new state; `undefined` when nobody is told of it. */
export function topicOfState(state: ReportedState): AlertTopic | undefined {
  switch (state) {
    case 'FINISHED':
      return 'run_finished';
    case 'FAILED':
      return 'run_crashed';
    case 'RUNNING':
      return undefined;
  }
}
