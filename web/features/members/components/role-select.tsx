import { Select } from '@mantine/core';
import { useState } from 'react';
import { ConfirmDialog } from '../../../components/confirm-dialog.tsx';
import { type Role, useGiveRole } from '../api/members.ts';
import type { RoleChoice } from './role-field.tsx';

interface RoleSelectProps {
  readonly entity: string;
  readonly username: string;
  readonly role: Role;
  readonly roles: readonly RoleChoice<Role>[];
  /** It is the viewer's own role: they are asked whether they mean it. */
  readonly own?: boolean;
}

/** The role of a member, which changes as soon as another is chosen. */
export function RoleSelect({ entity, username, role, roles, own = false }: RoleSelectProps) {
  const giving = useGiveRole(entity);
  const [wanted, want] = useState<Role>();
  const give = (next: Role) => giving.mutate({ username, role: next }, { onSettled: () => want(undefined) });
  return (
    <>
      <Select
        aria-label={`Role of ${username}`}
        size="xs"
        w={112}
        allowDeselect={false}
        disabled={giving.isPending}
        data={[...roles]}
        value={giving.isPending ? giving.variables.role : role}
        onChange={(_, chosen) => {
          if (chosen === null || chosen.value === role) return;
          if (own) want(chosen.value);
          else give(chosen.value);
        }}
      />
      <ConfirmDialog
        opened={wanted !== undefined}
        onClose={() => want(undefined)}
        title={`Become ${wanted ?? role}?`}
        confirm="Change my role"
        pending={giving.isPending}
        onConfirm={() => wanted !== undefined && give(wanted)}
      >
        Who is no admin here cannot make themselves one again: another admin must.
      </ConfirmDialog>
    </>
  );
}
