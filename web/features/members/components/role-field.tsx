import { Select } from '@mantine/core';
import type { Role } from '../api/members.ts';

/** A role that can be chosen. */
export interface RoleChoice<Of extends Role> {
  readonly value: Of;
  readonly label: string;
  /** What it lets one do. */
  readonly may: string;
}

interface RoleFieldProps<Of extends Role> {
  readonly roles: readonly RoleChoice<Of>[];
  readonly value: Of;
  readonly onChange: (role: Of) => void;
}

/** The role that somebody is to get, with what it lets them do. */
export function RoleField<Of extends Role>({ roles, value, onChange }: RoleFieldProps<Of>) {
  return (
    <Select
      label="Role"
      description={roles.find((role) => role.value === value)?.may}
      inputWrapperOrder={['label', 'input', 'description']}
      allowDeselect={false}
      data={[...roles]}
      value={value}
      onChange={(_, chosen) => chosen !== null && onChange(chosen.value)}
    />
  );
}
