import { Skeleton, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Status } from '../../../../components/status.tsx';
import { messageOf } from '../../../../lib/api/api-error.ts';
import { type ActionSketchInput, type EventTest, eventTestQuery, type PastEvent } from '../../api/trial.ts';
import styles from './trial.module.css';

interface VerdictsProps {
  readonly entity: string;
  readonly draft: Pick<ActionSketchInput, 'scope' | 'event'>;
  readonly past: PastEvent;
}

/** What each part of an automation says of an event, and which node of the filter decided. */
export function Verdicts({ entity, draft, past }: VerdictsProps) {
  const { data, error } = useQuery(eventTestQuery(entity, draft, past));
  if (error !== null) {
    return (
      <Text size="sm" c="var(--bad)" role="alert">
        {messageOf(error)}
      </Text>
    );
  }
  if (data === undefined) return <Skeleton height={96} />;
  return (
    <Stack gap="xs" aria-live="polite">
      <Status tone={data.fires ? 'good' : 'idle'}>{data.fires ? 'It would fire' : 'It would not fire'}</Status>
      <ul className={styles.checks}>
        {checksOf(data).map(({ name, holds, words }) => (
          <li key={name} className={styles.check} data-holds={holds}>
            <span className={styles.part}>{name}</span>
            <span>{words}</span>
          </li>
        ))}
      </ul>
      <Outline test={data} />
    </Stack>
  );
}

interface Checked {
  readonly name: string;
  readonly holds: boolean;
  readonly words: string;
}

function checksOf({ type, scope, filter, condition }: EventTest): readonly Checked[] {
  return [
    { name: 'Event', ...type },
    { name: 'Scope', ...scope },
    ...(filter === null ? [] : [{ name: 'Filter', holds: filter.matches, words: filter.deciding }]),
    ...(condition === null ? [] : [{ name: 'Condition', ...condition }]),
  ];
}

/** Node by node, where the filter has more than one. */
function Outline({ test: { filter } }: { readonly test: EventTest }) {
  if (filter === null || filter.nodes.length < 2) return null;
  return (
    <ul className={styles.outline} aria-label="The filter, node by node">
      {filter.nodes.map(({ depth, holds, decides, words }, index) => (
        <li
          // biome-ignore lint/suspicious/noArrayIndexKey: a node is nothing but its place in the tree
          key={index}
          className={styles.node}
          style={{ marginLeft: `${depth}rem` }}
          data-holds={holds}
        >
          {words}
          {decides && <span className={styles.decides}> decides</span>}
        </li>
      ))}
    </ul>
  );
}
