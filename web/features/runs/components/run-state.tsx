import type { Run } from '../../../lib/api/generated.ts';
import styles from './run-state.module.css';

const TONES = {
  pending: 'idle',
  running: 'busy',
  finished: 'good',
  failed: 'bad',
  crashed: 'bad',
  killed: 'warn',
  preempting: 'warn',
  preempted: 'warn',
} as const satisfies Record<Run['state'], string>;

/** The state of a run: a word and a dot, which moves while the run does. */
export function RunState({ state }: { readonly state: Run['state'] }) {
  return (
    <span className={styles.state} data-tone={TONES[state]} data-moving={state === 'running'}>
      {state}
    </span>
  );
}
