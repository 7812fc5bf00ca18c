import { Alert, Stack, Text } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { messageOf } from '../../../../lib/api/api-error.ts';
import { count } from '../../../../lib/words.ts';
import type { Backtest } from '../../api/backtest.ts';
import { previewQuery } from '../../api/preview.ts';
import type { Draft, EventDraft } from '../builder/draft.ts';
import { PastFirings } from './past-firings.tsx';
import styles from './preview.module.css';
import { lacksThreshold, previewBody } from './preview-body.ts';
import { PreviewCharts } from './preview-charts.tsx';

const PAUSE_MS = 300;

interface PreviewProps {
  readonly draft: Draft;
  readonly onChange: (event: EventDraft) => void;
}

/** What the draft would have done in the last 30 days, looked at anew whenever it changes. */
export function Preview({ draft, onChange }: PreviewProps) {
  const client = useQueryClient();
  const [settled] = useDebouncedValue(draft, PAUSE_MS);
  const body = previewBody(settled);
  const { data: test, error, isFetching, isPlaceholderData } = useQuery(previewQuery(client, draft.entity, body));
  const isOld = isPlaceholderData || settled !== draft;
  if (body === undefined) {
    return (
      <Text size="sm" c="dimmed">
        Once the event is complete, what it would have done in the last 30 days stands here.
      </Text>
    );
  }
  return (
    <Stack gap="sm">
      {error !== null && (
        <Alert color="red" variant="light">
          {messageOf(error)}
        </Alert>
      )}
      <p className={styles.outcome} aria-live="polite" data-old={isOld || isFetching}>
        {test === undefined ? 'Looking at the last 30 days …' : outcome(draft.event, test, isOld)}
      </p>
      {test !== undefined && 'metric' in draft.event && (
        <PreviewCharts event={draft.event} test={test} onChange={onChange} />
      )}
      {test !== undefined && !('metric' in draft.event) && <PastFirings firings={test.firings} />}
    </Stack>
  );
}

function outcome(event: EventDraft, { status, error, runs, events, fired }: Backtest, isOld: boolean): string {
  if (error !== null) return error;
  const going = status === 'running' || isOld ? ' so far …' : '.';
  const looked = 'metric' in event ? count(runs.considered, 'run') : count(events.considered, 'event');
  if (lacksThreshold(event)) {
    const found = count(runs.matched, 'run');
    return `Choose a value: move the line, or type it above. The filter lets ${found} of the last 30 days through.`;
  }
  const times =
    'metric' in event && fired > 0 ? `${count(fired, 'time')} for ${count(runs.fired, 'run')}` : count(fired, 'time');
  return `Would have fired ${times} in the last 30 days; ${looked} looked at${going}`;
}
