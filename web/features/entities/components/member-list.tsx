import { Badge } from '@mantine/core';
import { Users } from 'lucide-react';
import { type Column, DataTable } from '../../../components/data-table.tsx';
import { Empty } from '../../../components/empty.tsx';
import { EntityMark } from '../../../components/entity-mark.tsx';
import type { Member } from '../../../lib/api/generated.ts';
import styles from './member-list.module.css';

/** Who belongs to an entity. */
export function MemberList({ members }: { readonly members: readonly Member[] }) {
  const empty = (
    <Empty icon={Users} title="No members">
      Nobody has a role here.
    </Empty>
  );
  return (
    <DataTable label="Members" columns={COLUMNS} rows={members} keyOf={({ username }) => username} empty={empty} />
  );
}

const COLUMNS: readonly Column<Member>[] = [
  {
    key: 'member',
    title: 'Member',
    wide: true,
    cell: ({ username, serviceAccount }) => (
      <span className={styles.member}>
        <EntityMark name={username} round />
        {username}
        {serviceAccount && (
          <Badge size="sm" variant="default">
            service account
          </Badge>
        )}
      </span>
    ),
  },
  { key: 'role', title: 'Role', cell: ({ role }) => role },
];
