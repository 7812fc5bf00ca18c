import type { Automation } from '../api/list-automations.ts';

/** A value that an automation waits for. */
export interface WatchedThreshold {
  readonly metric: string;
  readonly value: number;
  /** The name of the automation. */
  readonly words: string;
}

/** The thresholds that automations hold metrics against. */
export function thresholdsOf(automations: readonly Automation[]): WatchedThreshold[] {
  return automations
    .filter(({ enabled }) => enabled)
    .flatMap(({ event, name }) =>
      event.type === 'RUN_METRIC' ? [{ metric: event.metric, value: event.threshold, words: name }] : [],
    );
}
