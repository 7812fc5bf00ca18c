import { Progress } from '@mantine/core';
import { OctagonAlert, TriangleAlert } from 'lucide-react';
import { Panel } from '../../../../components/panel.tsx';
import { bytesText } from '../../../../lib/bytes.ts';
import { count } from '../../../../lib/words.ts';
import type { EntitySpace } from '../../api/get-space.ts';
import styles from './space-use.module.css';

/** From so much of its limit on an entity is told that it is nearly full. */
const NEARLY = 0.9;

interface SpaceUseProps {
  readonly space: EntitySpace;
}

/** How much is stored, of what limit, and what happens there. */
export function SpaceUse({ space: { bytes, files, limit, projects, deleted, others } }: SpaceUseProps) {
  const runs = projects.reduce((sum, project) => sum + project.runs.bytes, 0);
  const artifacts = projects.reduce((sum, project) => sum + project.artifacts.bytes, 0);
  const whole = Math.max(limit ?? 0, bytes, 1);
  const parts = [
    { name: 'Artifacts', bytes: artifacts, color: 'violet.6' },
    { name: 'Files of runs', bytes: runs, color: 'teal.6' },
    { name: 'Deleted', bytes: deleted.bytes, color: 'gray.5' },
    { name: 'Other', bytes: others.bytes, color: 'gray.7' },
  ].filter((part) => part.bytes > 0);
  return (
    <Panel>
      <div className={styles.head}>
        <span className={styles.amount}>{bytesText(bytes)}</span>
        <span className={styles.faint}>
          {limit === null ? 'stored' : `of ${bytesText(limit)}`} · {count(files, 'file')}
        </span>
      </div>
      <Progress.Root
        size="lg"
        role="img"
        aria-label={limit === null ? `${bytesText(bytes)} stored` : `${bytesText(bytes)} of ${bytesText(limit)} stored`}
      >
        {parts.map((part) => (
          <Progress.Section key={part.name} value={(part.bytes / whole) * 100} color={part.color} aria-hidden />
        ))}
      </Progress.Root>
      <ul className={styles.legend}>
        {parts.map((part) => (
          <li key={part.name}>
            <span
              className={styles.dot}
              style={{ background: `var(--mantine-color-${part.color.replace('.', '-')})` }}
            />
            {part.name} <span className={styles.faint}>{bytesText(part.bytes)}</span>
          </li>
        ))}
      </ul>
      <Words bytes={bytes} limit={limit} />
    </Panel>
  );
}

const THEN =
  'no new version is committed and runs save no files; history, automations, reading and deleting go on. Delete versions or files of runs, give collections a time to live, or ask the operator for more.';

function Words({ bytes, limit }: Pick<EntitySpace, 'bytes' | 'limit'>) {
  if (limit === null)
    return <p className={styles.words}>There is no limit: the operator of this server sets one with --entity-space.</p>;
  if (bytes >= limit) {
    return (
      <p className={styles.words} data-level="full">
        <OctagonAlert size={16} aria-hidden />
        <span>
          <b>The limit is reached:</b> {THEN}
        </span>
      </p>
    );
  }
  if (bytes >= limit * NEARLY) {
    return (
      <p className={styles.words} data-level="near">
        <TriangleAlert size={16} aria-hidden />
        <span>
          <b>Nearly full.</b> When the limit is reached, {THEN}
        </span>
      </p>
    );
  }
  return <p className={styles.words}>When the limit is reached, {THEN}</p>;
}
