import { useQuery } from '@tanstack/react-query';
import { Webhook } from 'lucide-react';
import { type Column, DataTable } from '../../../../components/data-table.tsx';
import { Empty } from '../../../../components/empty.tsx';
import { ErrorPanel } from '../../../../components/error-panel.tsx';
import { RowLink } from '../../../../components/row-link.tsx';
import { type Integration, integrationsQuery } from '../../../../lib/api/integrations-query.ts';
import type { OpenDialog } from '../shared/dialog.ts';
import { Health } from '../shared/health.tsx';
import { actionsColumn } from '../shared/integration-actions.tsx';
import styles from '../shared/integration-table.module.css';
import { LastDelivery } from '../shared/last-delivery.tsx';
import { UsedBy } from '../shared/used-by.tsx';

interface WebhookTableProps {
  readonly entity: string;
  /** Whether the viewer may change webhooks. */
  readonly manages: boolean;
  readonly onDialog: OpenDialog;
}

/** The webhooks of an entity. */
export function WebhookTable({ entity, manages, onDialog }: WebhookTableProps) {
  const { data, error, refetch } = useQuery(integrationsQuery(entity));
  if (error !== null) return <ErrorPanel error={error} retry={refetch} />;
  const empty = (
    <Empty icon={Webhook} title="No webhooks yet">
      A webhook is an address to which automations send what happened, as JSON: a deployment, a pager, a function of
      your own.
    </Empty>
  );
  const columns = manages ? [...COLUMNS(entity), actionsColumn(entity, onDialog)] : COLUMNS(entity);
  const webhooks = data?.filter(({ kind }) => kind === 'webhook');
  return <DataTable label="Webhooks" columns={columns} rows={webhooks} keyOf={({ id }) => id} empty={empty} />;
}

const COLUMNS = (entity: string): readonly Column<Integration>[] => [
  { key: 'name', title: 'Name', wide: true, cell: ({ name, url }) => <RowLink hint={hostOf(url)}>{name}</RowLink> },
  { key: 'secrets', title: 'Secrets', cell: (webhook) => <Secrets webhook={webhook} /> },
  { key: 'used', title: 'Used by', cell: (webhook) => <UsedBy entity={entity} integration={webhook} /> },
  { key: 'last', title: 'Last delivery', cell: (webhook) => <LastDelivery integration={webhook} /> },
  { key: 'health', title: 'Health', bare: true, cell: (webhook) => <Health integration={webhook} /> },
];

function hostOf(url: string | null): string {
  return url !== null && URL.canParse(url) ? new URL(url).host : '';
}

/** Secrets by name: what is sent as a token, and what signs. */
function Secrets({ webhook: { accessTokenRef, secretRef } }: { readonly webhook: Integration }) {
  if (accessTokenRef === null && secretRef === null) return <span className={styles.faint}>none</span>;
  return (
    <div>
      {accessTokenRef !== null && <SecretName use="token" name={accessTokenRef} />}
      {secretRef !== null && <SecretName use="signs" name={secretRef} />}
    </div>
  );
}

function SecretName({ use, name }: { readonly use: string; readonly name: string }) {
  return (
    <div>
      <span className={styles.faint}>{use} </span>
      <span className={styles.names}>{name}</span>
    </div>
  );
}
