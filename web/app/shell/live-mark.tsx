import { Tooltip } from '@mantine/core';
import { type LiveState, useLiveState } from '../../lib/live/state.ts';
import styles from './live-mark.module.css';

const WORDS = {
  live: ['Live', 'What happens shows here by itself.'],
  reconnecting: [
    'Reconnecting …',
    'The server cannot be heard at the moment; this page looks for news every few seconds.',
  ],
} as const satisfies Record<Exclude<LiveState, 'off'>, readonly [string, string]>;

/** Says quietly whether the page shows what happens as it happens. */
export function LiveMark() {
  const state = useLiveState();
  if (state === 'off') return null;
  const [words, meaning] = WORDS[state];
  return (
    <Tooltip label={meaning} multiline maw={260}>
      <span className={styles.mark} data-state={state}>
        {words}
      </span>
    </Tooltip>
  );
}
