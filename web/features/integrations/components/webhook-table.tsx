import { useQuery } from '@tanstack/react-query';
import { Webhook } from 'lucide-react';
import { type Column, DataTable } from '../../../components/data-table.tsx';
import { Empty } from '../../../components/empty.tsx';
import { ErrorPanel } from '../../../components/error-panel.tsx';
import { RowLink } from '../../../components/row-link.tsx';
import { Time } from '../../../components/time.tsx';
import { type Integration, integrationsQuery } from '../api/list-integrations.ts';

/** The webhooks of an entity. */
export function WebhookTable({ entity }: { readonly entity: string }) {
  const { data, error, refetch } = useQuery(integrationsQuery(entity));
  if (error !== null) return <ErrorPanel error={error} retry={refetch} />;
  const empty = (
    <Empty icon={Webhook} title="No webhooks yet">
      A webhook is an address to which automations send what happened, as JSON.
    </Empty>
  );
  const webhooks = data?.filter(({ kind }) => kind === 'webhook');
  return <DataTable label="Webhooks" columns={COLUMNS} rows={webhooks} keyOf={({ id }) => id} empty={empty} />;
}

const COLUMNS: readonly Column<Integration>[] = [
  { key: 'name', title: 'Name', wide: true, cell: ({ name, url }) => <RowLink hint={url}>{name}</RowLink> },
  { key: 'created', title: 'Created', cell: ({ createdAt }) => <Time at={createdAt} /> },
];
