import { Alert, Button, Stack, Text } from '@mantine/core';
import { FlaskConical } from 'lucide-react';
import { useState } from 'react';
import { type Column, DataTable } from '../../../../components/data-table.tsx';
import { Status } from '../../../../components/status.tsx';
import type { TestedFilters } from '../../../../lib/api/generated.ts';
import { useTestFilters } from '../../api/test-filters.ts';
import { eventOf } from './body-of.ts';
import { readEvent } from './check-event.ts';
import type { Draft } from './draft.ts';
import { type Fault, faultOf } from './fault.ts';

type Thing = TestedFilters['things'][number];

/** Tries the filter on the newest things of the scope. */
export function FilterTest({ draft }: { readonly draft: Draft }) {
  const test = useTestFilters(draft.entity);
  const [fault, setFault] = useState<Fault>();
  const run = async (): Promise<void> => {
    setFault(undefined);
    try {
      readEvent(draft.event);
      await test.mutateAsync({ scope: draft.scope, event: eventOf(draft.event) });
    } catch (error) {
      setFault(faultOf(error));
    }
  };
  return (
    <Stack gap="sm">
      <Button
        variant="default"
        leftSection={<FlaskConical size={15} />}
        loading={test.isPending}
        onClick={() => void run()}
        w="fit-content"
      >
        Test filters
      </Button>
      <div aria-live="polite">
        {fault !== undefined && (
          <Alert color="red" variant="light">
            {fault.message}
          </Alert>
        )}
        {fault === undefined && test.data !== undefined && <Result tested={test.data} />}
      </div>
    </Stack>
  );
}

function Result({ tested: { matched, things } }: { readonly tested: TestedFilters }) {
  return (
    <Stack gap="xs">
      <Text size="sm">
        {matched} of the newest {things.length} match.
      </Text>
      <DataTable
        label="Tested"
        columns={COLUMNS}
        rows={things}
        keyOf={({ kind, name, run }) => `${kind} ${run ?? ''} ${name}`}
        empty={<Text c="dimmed">There is nothing in this scope yet.</Text>}
      />
    </Stack>
  );
}

const COLUMNS: readonly Column<Thing>[] = [
  { key: 'name', title: 'Name', cell: ({ name }) => name },
  {
    key: 'matches',
    title: 'Matches',
    cell: ({ filter: { matches } }) => <Status tone={matches ? 'good' : 'idle'}>{matches ? 'yes' : 'no'}</Status>,
  },
  { key: 'why', title: 'Because', wide: true, cell: ({ filter }) => filter.deciding },
];
