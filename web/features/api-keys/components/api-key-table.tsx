import { Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { KeyRound } from 'lucide-react';
import { ConfirmButton } from '../../../components/confirm-button.tsx';
import { type Column, DataTable } from '../../../components/data-table.tsx';
import { Empty } from '../../../components/empty.tsx';
import { ErrorPanel } from '../../../components/error-panel.tsx';
import { Time } from '../../../components/time.tsx';
import { useDeleteApiKey } from '../api/delete-api-key.ts';
import { type ApiKey, apiKeysQuery } from '../api/list-api-keys.ts';

/** The viewer's API keys, the newest first. */
export function ApiKeyTable() {
  const { data, error, refetch } = useQuery(apiKeysQuery);
  if (error !== null) return <ErrorPanel error={error} retry={refetch} />;
  const empty = (
    <Empty icon={KeyRound} title="No API key yet">
      Training scripts and the API know you by a key. Make one for each place, so that each can be taken back alone.
    </Empty>
  );
  return <DataTable label="API keys" columns={COLUMNS} rows={data} keyOf={({ id }) => id} empty={empty} />;
}

const COLUMNS: readonly Column<ApiKey>[] = [
  {
    key: 'description',
    title: 'Description',
    wide: true,
    cell: ({ description }) =>
      description ?? (
        <Text span inherit c="dimmed">
          no description
        </Text>
      ),
  },
  { key: 'hint', title: 'Ends in', cell: ({ hint }) => <code>…{hint}</code> },
  { key: 'created', title: 'Created', cell: ({ createdAt }) => <Time at={createdAt} /> },
  { key: 'delete', title: 'Delete', bare: true, silent: true, cell: (key) => <DeleteKey apiKey={key} /> },
];

function DeleteKey({ apiKey: { id, hint, description } }: { readonly apiKey: ApiKey }) {
  const deletion = useDeleteApiKey();
  return (
    <ConfirmButton
      label="Delete"
      title={`Delete the key ${description ?? `that ends in ${hint}`}?`}
      confirm="Delete the key"
      keep="Keep it"
      pending={deletion.isPending}
      onConfirm={(close) => deletion.mutate(id, { onSuccess: close })}
    >
      Whatever uses it is refused from now on, and browsers that signed in with it are signed out.
    </ConfirmButton>
  );
}
