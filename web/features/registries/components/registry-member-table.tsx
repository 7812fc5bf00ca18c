import { Select } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Users } from 'lucide-react';
import { ConfirmButton } from '../../../components/confirm-button.tsx';
import { type Column, DataTable } from '../../../components/data-table.tsx';
import { Empty } from '../../../components/empty.tsx';
import { ErrorPanel } from '../../../components/error-panel.tsx';
import { RowLink } from '../../../components/row-link.tsx';
import { messageOf } from '../../../lib/api/api-error.ts';
import { tellError } from '../../../lib/notices.ts';
import {
  type RegistryMember,
  registryMembersQuery,
  roleWords,
  useEndRegistryRole,
  useGiveRegistryRole,
} from '../api/registry-members.ts';
import { ROLES } from './registry-roles.ts';

interface RegistryMemberTableProps {
  readonly organization: string;
  readonly registry: string;
  readonly manages: boolean;
  /** What those see who have no role of their own here. */
  readonly others: string;
}

/** People and teams with a role in a registry; its admins change them. */
export function RegistryMemberTable({ organization, registry, manages, others }: RegistryMemberTableProps) {
  const { data, error, refetch } = useQuery(registryMembersQuery(organization, registry));
  if (error !== null) return <ErrorPanel error={error} retry={refetch} />;
  const empty = (
    <Empty icon={Users} title="Nobody with a role of their own">
      {others}
    </Empty>
  );
  const deeds = manages ? deedsOf(organization, registry) : [ROLE];
  return (
    <DataTable
      label={`Members of ${registry}`}
      columns={[NAME, ...deeds]}
      rows={data}
      keyOf={({ kind, name }) => `${kind} ${name}`}
      empty={empty}
    />
  );
}

const NAME: Column<RegistryMember> = {
  key: 'name',
  title: 'Person or team',
  wide: true,
  cell: ({ kind, name }) => <RowLink hint={kind === 'team' ? 'team: all its members' : 'person'}>{name}</RowLink>,
};

const ROLE: Column<RegistryMember> = { key: 'role', title: 'Role', cell: ({ role }) => roleWords(role) };

function deedsOf(organization: string, registry: string): Column<RegistryMember>[] {
  return [
    {
      key: 'role',
      title: 'Role',
      cell: (member) => <RoleSelect organization={organization} registry={registry} member={member} />,
    },
    {
      key: 'remove',
      title: 'Remove',
      bare: true,
      silent: true,
      cell: (member) => <RemoveButton organization={organization} registry={registry} member={member} />,
    },
  ];
}

interface DeedProps {
  readonly organization: string;
  readonly registry: string;
  readonly member: RegistryMember;
}

function RoleSelect({ organization, registry, member }: DeedProps) {
  const giving = useGiveRegistryRole(organization, registry);
  return (
    <Select
      aria-label={`Role of ${member.name}`}
      size="xs"
      w={160}
      allowDeselect={false}
      disabled={giving.isPending}
      data={[...ROLES]}
      value={giving.isPending ? giving.variables.role : member.role}
      onChange={(_, chosen) => {
        if (chosen === null || chosen.value === member.role) return;
        giving.mutate({ ...member, role: chosen.value }, { onError: (error) => tellError(messageOf(error)) });
      }}
    />
  );
}

function RemoveButton({ organization, registry, member }: DeedProps) {
  const ending = useEndRegistryRole(organization, registry);
  const { name, kind } = member;
  return (
    <ConfirmButton
      label="Remove"
      about={name}
      title={`End the role of ${name} in ${registry}?`}
      confirm="End role"
      pending={ending.isPending}
      onConfirm={(close) => ending.mutate(member, { onSuccess: close })}
    >
      {kind === 'team' ? 'Its members keep roles of their own here.' : 'Roles that they have by their teams stay.'}
    </ConfirmButton>
  );
}
