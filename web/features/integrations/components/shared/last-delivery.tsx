import { Tooltip } from '@mantine/core';
import { Status } from '../../../../components/status.tsx';
import { Time } from '../../../../components/time.tsx';
import type { Integration } from '../../../../lib/api/integrations-query.ts';
import { faultWords } from './fault-words.ts';
import styles from './integration-table.module.css';

const TONES = { done: 'good', never: 'bad', not_before: 'warn' } as const;

/** When something was sent last, and what came of it. */
export function LastDelivery({ integration: { standing } }: { readonly integration: Integration }) {
  const { lastDelivery: last } = standing;
  if (last === null) return <span className={styles.faint}>never</span>;
  const { status, fault, outcome, at } = last;
  return (
    <span>
      <Status tone={TONES[outcome]}>
        {status === null ? (
          <Tooltip label={faultWords(fault)}>
            {/* biome-ignore lint/a11y/noNoninteractiveTabindex: the words are reached by keyboard too */}
            <span tabIndex={0}>{fault ?? 'no answer'}</span>
          </Tooltip>
        ) : (
          status
        )}
      </Status>
      <span className={styles.since}>
        <Time at={at} />
      </span>
    </span>
  );
}
