import { Badge, Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { MonitorSmartphone } from 'lucide-react';
import { type Column, DataTable } from '../../../components/data-table.tsx';
import { Empty } from '../../../components/empty.tsx';
import { ErrorPanel } from '../../../components/error-panel.tsx';
import { Time } from '../../../components/time.tsx';
import { type Session, sessionsQuery, useEndSession } from '../api/list-sessions.ts';
import { browserName } from './browser-name.ts';

/** Where the viewer is signed in. */
export function SessionList() {
  const { data, error, refetch } = useQuery(sessionsQuery);
  if (error !== null) return <ErrorPanel error={error} retry={refetch} />;
  return (
    <DataTable
      label="Sessions"
      columns={COLUMNS}
      rows={data}
      keyOf={({ id }) => id}
      empty={
        <Empty icon={MonitorSmartphone} title="No session">
          You came with an API key.
        </Empty>
      }
    />
  );
}

const COLUMNS: readonly Column<Session>[] = [
  {
    key: 'browser',
    title: 'Browser',
    wide: true,
    cell: ({ userAgent, current }) => (
      <>
        {browserName(userAgent)}{' '}
        {current && (
          <Badge size="sm" variant="light" ml={6}>
            this one
          </Badge>
        )}
      </>
    ),
  },
  { key: 'address', title: 'Address', cell: ({ address }) => address },
  { key: 'by', title: 'Began with', cell: ({ by }) => (by === 'password' ? 'password' : 'API key') },
  { key: 'since', title: 'Signed in', cell: ({ createdAt }) => <Time at={createdAt} /> },
  { key: 'end', title: 'Sign out', bare: true, silent: true, cell: (session) => <EndButton session={session} /> },
];

function EndButton({ session: { id, current } }: { readonly session: Session }) {
  const end = useEndSession();
  if (current) return null;
  return (
    <Button
      variant="subtle"
      color="red"
      c="var(--bad)"
      size="compact-sm"
      loading={end.isPending}
      onClick={() => end.mutate(id)}
    >
      Sign out
    </Button>
  );
}
