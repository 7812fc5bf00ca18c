import { Status, type Tone } from '../../../components/status.tsx';
import type { Run } from '../../../lib/api/generated.ts';

const TONES = {
  pending: 'idle',
  running: 'busy',
  finished: 'good',
  failed: 'bad',
  crashed: 'bad',
  killed: 'warn',
  preempting: 'warn',
  preempted: 'warn',
} as const satisfies Record<Run['state'], Tone>;

/** The state of a run; its dot moves while the run does. */
export function RunState({ state }: { readonly state: Run['state'] }) {
  return (
    <Status tone={TONES[state]} moving={state === 'running'}>
      {state}
    </Status>
  );
}
