import { Time } from '../../../components/time.tsx';
import type { Attempt } from '../api/get-execution.ts';
import styles from './execution-timeline.module.css';

/** What came of an attempt, how long it took, and when the next one is due. */
export function AttemptWords({ attempt }: { readonly attempt: Attempt | undefined }) {
  if (attempt === undefined)
    return (
      <p className={styles.words}>
        What came of it is not known: its server stopped, or lost hold of the webhook, before it was recorded.
      </p>
    );
  const { startedAt, durationMs, nextAt, error, address } = attempt;
  const words = [outcomeWords(attempt), `${durationMs.toLocaleString('en')} ms`, address];
  return (
    <>
      <p className={styles.words}>
        {words.filter((word) => word !== null).join(' · ')} · <Time at={startedAt} />
      </p>
      {error !== null && <p className={styles.words}>{error}</p>}
      {nextAt !== null && (
        <p className={styles.words}>
          Tried again <Time at={nextAt} />
        </p>
      )}
    </>
  );
}

function outcomeWords({ status, fault, phase }: Attempt): string {
  if (status !== null) return `HTTP ${status}`;
  return [fault ?? 'no answer', phase === null ? '' : `(${phase})`].join(' ').trim();
}
