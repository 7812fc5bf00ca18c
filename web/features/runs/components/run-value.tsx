import { Time } from '../../../components/time.tsx';
import { metricText } from '../../../lib/words.ts';
import type { Run } from '../api/list-runs.ts';
import { RunState } from './run-state.tsx';
import styles from './run-table.module.css';

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

/** A value as a table shows it; empty for none. */
export function valueText(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'number' || typeof value === 'string' || typeof value === 'boolean') return metricText(value);
  return JSON.stringify(value);
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

const UNITS = [
  ['d', 86_400],
  ['h', 3_600],
  ['min', 60],
] as const;

/** `2 h 5 min`, `12 s`: the two largest units. */
export function durationText(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  const at = UNITS.findIndex(([, size]) => whole >= size);
  const [unit, size] = UNITS[at] ?? ['s', 1];
  const [smaller, part] = (at === -1 ? undefined : UNITS[at + 1]) ?? ['s', 1];
  const first = Math.floor(whole / size);
  const rest = Math.floor((whole - first * size) / part);
  return at === -1 || rest === 0 ? `${first} ${unit}` : `${first} ${unit} ${rest} ${smaller}`;
}
