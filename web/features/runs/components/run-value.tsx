import { Time } from '../../../components/time.tsx';
import type { Run } from '../api/list-runs.ts';
import { RunState } from './run-state.tsx';
import styles from './run-table.module.css';
import { durationText, valueText } from './run-value-text.ts';

/** What a run has in a field. */
export function RunValue({ run, field }: { readonly run: Run; readonly field: string }) {
  switch (field) {
    case 'state':
      return <RunState state={run.state} />;
    case 'username':
      return run.author;
    case 'created_at':
      return <Time at={run.createdAt} />;
    case 'heartbeat_at':
      return run.heartbeatAt !== null && <Time at={run.heartbeatAt} />;
    case 'duration':
      return run.duration !== null && durationText(run.duration);
    case 'tags':
      return run.tags.length > 0 && <Tags tags={run.tags} />;
    default:
      return <AnyValue value={run.values?.[field]} />;
  }
}

/** A value of a config or a summary, on one line. */
export function AnyValue({ value }: { readonly value: unknown }) {
  const text = valueText(value);
  if (text === '' || typeof value === 'number') return text;
  return (
    <span className={styles.value} title={text}>
      {text}
    </span>
  );
}

function Tags({ tags }: { readonly tags: readonly string[] }) {
  return (
    <span className={styles.tags}>
      {tags.map((tag) => (
        <span key={tag} className={styles.tag}>
          {tag}
        </span>
      ))}
    </span>
  );
}
