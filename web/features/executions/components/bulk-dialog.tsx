import { Button, Group, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Dialog } from '../../../components/dialog.tsx';
import { messageOf } from '../../../lib/api/api-error.ts';
import { tellDone } from '../../../lib/notices.ts';
import { count } from '../../../lib/words.ts';
import type { ExecutionFilter } from '../api/history-search.ts';
import type { Deed } from '../api/steer-execution.ts';
import { countQuery, MOST_COUNTED, useSteerExecutions } from '../api/steer-executions.ts';
import { DEEDS } from './deed-words.ts';

interface BulkDialogProps {
  readonly entity: string;
  readonly deed: Deed;
  readonly filter: ExecutionFilter;
  readonly onClose: () => void;
}

/** Tells how many executions it would be done to, and does it once that is confirmed. */
export function BulkDialog({ entity, deed, filter, onClose }: BulkDialogProps) {
  const { many, done } = DEEDS[deed];
  const counted = useQuery(countQuery(entity, deed, filter));
  const steering = useSteerExecutions(entity, deed, filter);
  const begin = () =>
    steering.mutate(undefined, {
      onSuccess: (number) => tellDone(`${count(number, 'execution')} ${done}.`),
      onSettled: onClose,
    });
  const executions = counted.data === undefined ? '' : executionsWords(counted.data);
  return (
    <Dialog onClose={onClose} title={`${many} all of these`} centered>
      <Text size="sm" mih="4.5em">
        {counted.error !== null && messageOf(counted.error)}
        {counted.isPending && 'Counting…'}
        {counted.data === 0 && 'Of what is shown here, there is nothing that you could do this to.'}
        {(counted.data ?? 0) > 0 &&
          `${executions} will be ${done}. What you may not change, and what cannot be delivered any more, is left as it is.`}
      </Text>
      <Group justify="flex-end" mt="lg" gap="xs">
        <Button variant="default" onClick={onClose}>
          Leave them
        </Button>
        <Button disabled={(counted.data ?? 0) === 0} loading={steering.isPending} onClick={begin}>
          {many} {executions}
        </Button>
      </Group>
    </Dialog>
  );
}

function executionsWords(number: number): string {
  return `${count(number, 'execution')}${number >= MOST_COUNTED ? ' or more' : ''}`;
}
