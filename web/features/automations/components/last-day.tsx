import { Tooltip } from '@mantine/core';
import { count } from '../../../lib/words.ts';
import type { Automation } from '../api/list-automations.ts';
import styles from './last-day.module.css';

/** How the executions of the last 24 hours went: which part succeeded, and how many did not. */
export function LastDay({ automation: { lastDay } }: { readonly automation: Automation }) {
  const { finished, failed, pending, complete } = lastDay;
  const ended = finished + failed;
  if (ended + pending === 0) return null;
  const more = complete ? '' : ' of the newest';
  const words = [count(finished, 'finished', 'finished'), `${failed} failed`, `${pending} pending`].join(', ') + more;
  return (
    <Tooltip label={words}>
      <span className={styles.day}>
        {ended > 0 && `${Math.floor((finished / ended) * 100)} %`}
        {failed > 0 && <span className={styles.failed}>{failed.toLocaleString('en')} failed</span>}
        {ended === 0 && `${pending.toLocaleString('en')} pending`}
      </span>
    </Tooltip>
  );
}
