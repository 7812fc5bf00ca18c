import { useQuery } from '@tanstack/react-query';
import { Bot } from 'lucide-react';
import { type Column, DataTable } from '../../../components/data-table.tsx';
import { Empty } from '../../../components/empty.tsx';
import { ErrorPanel } from '../../../components/error-panel.tsx';
import { RowLink } from '../../../components/row-link.tsx';
import { Time } from '../../../components/time.tsx';
import { type ServiceAccount, serviceAccountsQuery } from '../api/service-accounts.ts';
import { RoleSelect } from './role-select.tsx';
import { SERVICE_ROLES } from './roles.ts';
import { ServiceAccountMenu } from './service-account-menu.tsx';

/** The programs that work for a team. */
export function ServiceAccountTable({ entity }: { readonly entity: string }) {
  const { data, error, refetch } = useQuery(serviceAccountsQuery(entity));
  if (error !== null) return <ErrorPanel error={error} retry={refetch} />;
  const empty = (
    <Empty icon={Bot} title="No service account yet">
      A program that trains or deploys for the team works by an account of its own: its key stays when people leave.
    </Empty>
  );
  return (
    <DataTable
      label="Service accounts"
      columns={columnsOf(entity)}
      rows={data}
      keyOf={({ username }) => username}
      empty={empty}
    />
  );
}

function columnsOf(entity: string): readonly Column<ServiceAccount>[] {
  return [
    {
      key: 'account',
      title: 'Account',
      wide: true,
      cell: ({ description, username }) => <RowLink hint={username}>{description}</RowLink>,
    },
    {
      key: 'role',
      title: 'Role',
      cell: ({ username, role }) => (
        <RoleSelect entity={entity} username={username} role={role} roles={SERVICE_ROLES} />
      ),
    },
    {
      key: 'key',
      title: 'Key ends in',
      cell: ({ keys }) => keys.map(({ id, hint }) => <code key={id}>…{hint} </code>),
    },
    { key: 'made', title: 'Key made', cell: ({ keys }) => keys.map((key) => <Time key={key.id} at={key.createdAt} />) },
    {
      key: 'deeds',
      title: 'Deeds',
      bare: true,
      silent: true,
      cell: (account) => <ServiceAccountMenu entity={entity} account={account} />,
    },
  ];
}
