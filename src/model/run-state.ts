/** The states of a run (automations, section 1.3). */
export const RUN_STATES = [
  'pending',
  'running',
  'finished',
  'failed',
  'crashed',
  'killed',
  'preempting',
  'preempted',
] as const;

export type RunState = (typeof RUN_STATES)[number];

/** The three coarse states that an automation can watch. */
export const REPORTED_STATES = ['RUNNING', 'FINISHED', 'FAILED'] as const;

export type ReportedState = (typeof REPORTED_STATES)[number];

/** What entering a state means to automations; `undefined` where it means nothing (killed, preempted …). */
export function reportedState(state: RunState): ReportedState | undefined {
  switch (state) {
    case 'running':
      return 'RUNNING';
    case 'finished':
      return 'FINISHED';
    case 'failed':
    case 'crashed':
      return 'FAILED';
    case 'pending':
    case 'killed':
    case 'preempting':
    case 'preempted':
      return undefined;
  }
}

/** The states of a run that goes on, or is yet to. */
export const GOING_STATES: readonly RunState[] = RUN_STATES.filter((state) => !hasEnded(state));

/** Whether a run in this state has ended: a new `wandb.init` of it is a start. */
export function hasEnded(state: RunState): boolean {
  return (
    state === 'finished' || state === 'failed' || state === 'crashed' || state === 'killed' || state === 'preempted'
  );
}
