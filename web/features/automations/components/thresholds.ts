import type { Automation } from '../api/list-automations.ts';

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
    .filter((automation) => automation.enabled && watches(automation, project))
    .flatMap(({ event, name }) =>
      event.type === 'RUN_METRIC' ? [{ metric: event.metric, value: event.threshold, words: name }] : [],
    );
}

function watches({ scope }: Automation, project: string): boolean {
  return scope.kind === 'entity' || scope.project === project;
}
