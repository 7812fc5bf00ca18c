import { Link } from '@tanstack/react-router';
import { Status, type Tone } from '../../../components/status.tsx';
import { Time } from '../../../components/time.tsx';
import type { Automation } from '../api/list-automations.ts';
import styles from './last-execution.module.css';

type Last = NonNullable<Automation['lastExecution']>;

const TONES = {
  pending: 'busy',
  finished: 'good',
  failed: 'bad',
  skipped: 'idle',
  cancelled: 'warn',
} as const satisfies Record<Last['status'], Tone>;

/** When an automation last acted, and how that went; leads there. */
export function LastExecution({ automation: { lastExecution: last } }: { readonly automation: Automation }) {
  if (last === null) return <span className={styles.never}>never</span>;
  return (
    <Link to="/executions/$id" params={{ id: last.id }} className={styles.last}>
      <Status tone={TONES[last.status]} moving={last.status === 'pending'}>
        {last.status}
      </Status>
      <span className={styles.time}>
        <Time at={last.at} />
      </span>
    </Link>
  );
}
