import { Stack } from '@mantine/core';
import { JsonBlock } from '../../../components/json-block.tsx';
import type { ExecutionDetails } from '../api/get-execution.ts';
import { matchWords, readMatch } from './match.ts';
import { Spark } from './spark.tsx';

/** The condition in words, the window it looked at, and what the server kept of the comparison. */
export function MatchView({ execution }: { readonly execution: ExecutionDetails }) {
  const match = readMatch(execution);
  const values = match.kind === 'metric' ? match.values.filter((value) => value !== null) : [];
  return (
    <Stack gap="md">
      <p>{matchWords(match)}</p>
      {values.length > 1 && <Spark values={values} />}
      <JsonBlock label="Explanation" value={execution.explanation} />
      {execution.automation !== null && (
        <JsonBlock label="Automation as it stood then" value={execution.automation.definition} />
      )}
    </Stack>
  );
}
