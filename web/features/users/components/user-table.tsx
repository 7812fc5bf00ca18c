import { useInfiniteQuery } from '@tanstack/react-query';
import { Users } from 'lucide-react';
import { ConfirmButton } from '../../../components/confirm-button.tsx';
import { type Column, DataTable } from '../../../components/data-table.tsx';
import { Empty } from '../../../components/empty.tsx';
import { EntityMark } from '../../../components/entity-mark.tsx';
import { ErrorPanel } from '../../../components/error-panel.tsx';
import { MoreButton } from '../../../components/more-button.tsx';
import { RowLink } from '../../../components/row-link.tsx';
import { Time } from '../../../components/time.tsx';
import { type User, useDeleteUser, usersQuery } from '../api/users.ts';
import styles from './user-table.module.css';

/** All users of the server. @param viewer who looks: nobody deletes themselves here */
export function UserTable({ viewer }: { readonly viewer: string }) {
  const list = useInfiniteQuery(usersQuery);
  if (list.error !== null) return <ErrorPanel error={list.error} retry={list.refetch} />;
  const empty = (
    <Empty icon={Users} title="No users">
      Nobody can sign in.
    </Empty>
  );
  const columns: readonly Column<User>[] = [
    ...COLUMNS,
    {
      key: 'delete',
      title: 'Delete',
      bare: true,
      silent: true,
      cell: ({ username, serviceAccount }) =>
        !serviceAccount && username !== viewer && <DeleteUser username={username} />,
    },
  ];
  return (
    <>
      <DataTable label="Users" columns={columns} rows={list.data} keyOf={({ id }) => id} empty={empty} />
      <MoreButton list={list} />
    </>
  );
}

const COLUMNS: readonly Column<User>[] = [
  {
    key: 'user',
    title: 'User',
    wide: true,
    cell: ({ username, email }) => (
      <span className={styles.user}>
        <EntityMark name={username} round />
        <RowLink hint={email}>{username}</RowLink>
      </span>
    ),
  },
  {
    key: 'kind',
    title: 'Kind',
    cell: ({ admin, serviceAccount }) => (serviceAccount ? 'service account' : admin ? 'instance admin' : 'user'),
  },
  { key: 'created', title: 'Created', cell: ({ createdAt }) => <Time at={createdAt} /> },
];

function DeleteUser({ username }: { readonly username: string }) {
  const deletion = useDeleteUser();
  return (
    <ConfirmButton
      label="Delete"
      about={username}
      title={`Delete the user ${username}?`}
      confirm="Delete the user"
      keep="Keep them"
      pending={deletion.isPending}
      onConfirm={(close) => deletion.mutate(username, { onSuccess: close })}
    >
      Their keys, sessions and memberships end, and their own entity goes with its projects and automations. What they
      made in teams stays.
    </ConfirmButton>
  );
}
