import { Status, type Tone } from '../../../components/status.tsx';
import type { Execution } from '../api/list-executions.ts';

const TONES = {
  pending: 'busy',
  finished: 'good',
  failed: 'bad',
  skipped: 'idle',
  cancelled: 'warn',
} as const satisfies Record<Execution['status'], Tone>;

/** How an execution stands; its dot moves while it is on its way. */
export function ExecutionStatus({ status }: Pick<Execution, 'status'>) {
  return (
    <Status tone={TONES[status]} moving={status === 'pending'}>
      {status}
    </Status>
  );
}
