import { Autocomplete, Button, Group, Modal, SegmentedControl, Select, Stack } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { UserPlus } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { messageOf } from '../../../lib/api/api-error.ts';
import { type Party, type RegistryRole, useGiveRegistryRole } from '../api/registry-members.ts';
import { ROLES } from './registry-roles.ts';

interface AddRegistryMemberProps {
  readonly organization: string;
  readonly registry: string;
  /** Names of whom one may add. */
  readonly people: readonly string[];
  readonly teams: readonly string[];
}

/** A button that gives a person or a team of the organization a role in a registry. */
export function AddRegistryMember(props: AddRegistryMemberProps) {
  const [opened, { open, close }] = useDisclosure(false);
  return (
    <>
      <Button leftSection={<UserPlus size={16} />} onClick={open}>
        Add
      </Button>
      <Modal opened={opened} onClose={close} title={`Add to ${props.registry}`}>
        <Form {...props} onDone={close} />
      </Modal>
    </>
  );
}

function Form({
  organization,
  registry,
  people,
  teams,
  onDone,
}: AddRegistryMemberProps & { readonly onDone: () => void }) {
  const [kind, setKind] = useState<Party['kind']>('user');
  const [name, setName] = useState('');
  const [role, setRole] = useState<RegistryRole>('member');
  const giving = useGiveRegistryRole(organization, registry);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    giving.mutate({ kind, name: name.trim(), role }, { onSuccess: onDone });
  };
  return (
    <form onSubmit={submit}>
      <Stack>
        <SegmentedControl
          aria-label="Whom"
          value={kind}
          onChange={(next) => {
            giving.reset();
            setKind(next === 'team' ? 'team' : 'user');
            setName('');
          }}
          data={[
            { value: 'user', label: 'Person' },
            { value: 'team', label: 'Team' },
          ]}
        />
        <Autocomplete
          label={kind === 'user' ? 'User name' : 'Team'}
          description={
            kind === 'user' ? `Of a member of ${organization}.` : `Of ${organization}; all its members get the role.`
          }
          inputWrapperOrder={['label', 'input', 'error', 'description']}
          data={[...(kind === 'user' ? people : teams)]}
          value={name}
          onChange={(text) => {
            giving.reset();
            setName(text);
          }}
          error={giving.error === null ? undefined : messageOf(giving.error)}
          autoComplete="off"
          data-autofocus
        />
        <Select
          label="Role"
          description={ROLES.find(({ value }) => value === role)?.may}
          inputWrapperOrder={['label', 'input', 'description']}
          allowDeselect={false}
          data={[...ROLES]}
          value={role}
          onChange={(_, chosen) => chosen !== null && setRole(chosen.value)}
        />
        <Group justify="flex-end">
          <Button type="submit" loading={giving.isPending} disabled={name.trim() === ''}>
            Add
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
