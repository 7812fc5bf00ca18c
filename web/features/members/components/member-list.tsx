import { Users } from 'lucide-react';
import { type Column, DataTable } from '../../../components/data-table.tsx';
import { Empty } from '../../../components/empty.tsx';
import type { Member } from '../../../lib/api/generated.ts';
import { MemberName } from './member-name.tsx';

interface MemberListProps {
  readonly members: readonly Member[];
  /** What can be done with each, for who may. */
  readonly deeds?: readonly Column<Member>[];
}

/** Who belongs to an entity. */
export function MemberList({ members, deeds = [ROLE] }: MemberListProps) {
  const empty = (
    <Empty icon={Users} title="No members">
      Nobody has a role here.
    </Empty>
  );
  return (
    <DataTable
      label="Members"
      columns={[NAME, ...deeds]}
      rows={members}
      keyOf={({ username }) => username}
      empty={empty}
    />
  );
}

const NAME: Column<Member> = {
  key: 'member',
  title: 'Member',
  wide: true,
  cell: ({ username, serviceAccount }) => (
    <MemberName username={username} note={serviceAccount ? 'service account' : undefined} />
  ),
};

const ROLE: Column<Member> = { key: 'role', title: 'Role', cell: ({ role }) => role };
