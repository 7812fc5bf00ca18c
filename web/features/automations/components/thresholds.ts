import type { Automation } from '../api/list-automations.ts';
import { watchesProject } from './scope-words.ts';

/** A value that an automation waits for. */
export interface WatchedThreshold {
  readonly metric: string;
  readonly value: number;
  /** The name of the automation. */
  readonly words: string;
}

/** The thresholds that automations hold metrics of a project against. */
export function thresholdsOf(automations: readonly Automation[], project: string): WatchedThreshold[] {
  return automations
    .filter((automation) => automation.enabled && watchesProject(automation, project))
    .flatMap(({ event, name }) =>
      event.type === 'RUN_METRIC' ? [{ metric: event.metric, value: event.threshold, words: name }] : [],
    );
}
