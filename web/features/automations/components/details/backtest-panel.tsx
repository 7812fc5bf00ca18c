import { Alert, Button, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { type Column, DataTable } from '../../../../components/data-table.tsx';
import { Panel } from '../../../../components/panel.tsx';
import { Status, type Tone } from '../../../../components/status.tsx';
import { Time } from '../../../../components/time.tsx';
import { messageOf } from '../../../../lib/api/api-error.ts';
import { count } from '../../../../lib/words.ts';
import { type Backtest, backtestQuery, useCancelBacktest, useStartBacktest } from '../../api/backtest.ts';
import type { Automation } from '../../api/list-automations.ts';
import { Choice } from '../builder/choice.tsx';
import styles from './details.module.css';

const RANGES = { 7: 'The last 7 days', 30: 'The last 30 days', 90: 'The last 90 days', 365: 'The last year' } as const;

/** What the automation would have done in the past. */
export function BacktestPanel({ automation }: { readonly automation: Automation }) {
  const [range, setRange] = useState<`${keyof typeof RANGES}`>('30');
  const starting = useStartBacktest(automation);
  return (
    <Stack>
      <Panel>
        <div className={styles.bar}>
          <Choice label="Range" words={RANGES} value={range} onChange={setRange} />
          <Button onClick={() => starting.mutate(Number(range))} loading={starting.isPending}>
            Start backtest
          </Button>
        </div>
        {starting.error !== null && (
          <Alert color="red" variant="light" mt="md">
            {messageOf(starting.error)}
          </Alert>
        )}
      </Panel>
      {starting.data !== undefined && (
        <Progress key={starting.data.id} entity={automation.entity} first={starting.data} />
      )}
    </Stack>
  );
}

const TONES = {
  running: 'busy',
  finished: 'good',
  failed: 'bad',
  cancelled: 'warn',
} as const satisfies Record<Backtest['status'], Tone>;

function Progress({ entity, first }: { readonly entity: string; readonly first: Backtest }) {
  const { data: test, refetch } = useQuery(backtestQuery(entity, first));
  const cancelling = useCancelBacktest(entity);
  const { status, error, runs, fired, values, firings, limits } = test;
  return (
    <Stack gap="sm" aria-live="polite">
      <div className={styles.progress}>
        <Status tone={TONES[status]} moving={status === 'running'}>
          {status}
        </Status>
        <Text size="sm">
          Fired {count(fired, 'time')} for {count(runs.fired, 'run')}; {count(runs.considered, 'run')} and{' '}
          {count(values, 'value')} looked at.
        </Text>
        {status === 'running' && (
          <Button
            size="xs"
            variant="default"
            loading={cancelling.isPending}
            onClick={() => cancelling.mutate(test.id, { onSettled: () => void refetch() })}
          >
            Cancel
          </Button>
        )}
      </div>
      {error !== null && (
        <Alert color="red" variant="light">
          {error}
        </Alert>
      )}
      {status !== 'running' && (
        <DataTable
          label="Firings"
          columns={COLUMNS}
          rows={firings}
          keyOf={({ at, subject, line }) => `${at} ${subject} ${line ?? ''}`}
          empty={<Text c="dimmed">It would not have fired.</Text>}
        />
      )}
      {limits.map((limit) => (
        <Text key={limit} size="xs" c="dimmed">
          {limit}
        </Text>
      ))}
    </Stack>
  );
}

const COLUMNS: readonly Column<Backtest['firings'][number]>[] = [
  { key: 'at', title: 'When', cell: ({ at }) => <Time at={at} /> },
  { key: 'subject', title: 'Of', cell: ({ subject }) => subject },
  { key: 'step', title: 'Step', numeric: true, cell: ({ step }) => step ?? '' },
  { key: 'words', title: 'Because', wide: true, cell: ({ words }) => words },
];
