import { Stack } from '@mantine/core';
import { JsonBlock } from '../../../components/json-block.tsx';
import type { ExecutionDetails } from '../api/get-execution.ts';
import { CauseChart } from './cause-chart.tsx';
import { matchWords, readMatch } from './match.ts';

/** The condition in words, the values it looked at among those around them, and what the server kept of the comparison. */
export function MatchView({ execution }: { readonly execution: ExecutionDetails }) {
  const match = readMatch(execution);
  return (
    <Stack gap="md">
      <p>{matchWords(match)}</p>
      {match.kind === 'metric' && <CauseChart execution={execution} match={match} />}
      <JsonBlock label="Explanation" value={execution.explanation} />
      {execution.automation !== null && (
        <JsonBlock label="Automation as it stood then" value={execution.automation.definition} />
      )}
    </Stack>
  );
}
