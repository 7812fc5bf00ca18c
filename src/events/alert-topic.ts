import type { ReportedState } from '../model/run-state.ts';

/** What people are told of without an automation of their own (automations, section 4.7). */
export const ALERT_TOPICS = ['run_alert', 'run_finished', 'run_crashed', 'delivery_trouble'] as const;

export type AlertTopic = (typeof ALERT_TOPICS)[number];

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
