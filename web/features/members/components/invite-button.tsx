import { Button, Group, Modal, Stack, TextInput } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { UserPlus } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { messageOf } from '../../../lib/api/api-error.ts';
import { tellDone } from '../../../lib/notices.ts';
import { useInvite } from '../api/invites.ts';
import type { Role } from '../api/members.ts';
import { RoleField } from './role-field.tsx';
import { ROLES } from './roles.ts';

interface InviteProps {
  readonly entity: string;
  /** Names of those who belong to it already. */
  readonly members: readonly string[];
}

/** Adds somebody to an entity, or keeps a role for whoever comes with an email. */
export function InviteButton({ entity, members }: InviteProps) {
  const [opened, { open, close }] = useDisclosure(false);
  return (
    <>
      <Button leftSection={<UserPlus size={16} />} onClick={open}>
        Invite
      </Button>
      <Modal opened={opened} onClose={close} title={`Invite to ${entity}`}>
        <InviteForm entity={entity} members={members} onDone={close} />
      </Modal>
    </>
  );
}

function InviteForm({ entity, members, onDone }: InviteProps & { readonly onDone: () => void }) {
  const [who, setWho] = useState('');
  const [role, setRole] = useState<Role>('member');
  const inviting = useInvite(entity);
  const name = who.trim();
  const known = members.includes(name);
  const refusal = inviting.error === null ? undefined : messageOf(inviting.error);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    inviting.mutate(
      { who: name, role },
      {
        onSuccess: ({ status, name: invited }) => {
          onDone();
          tellDone(status === 'member' ? `${invited} is a member now.` : `A role waits for ${invited}.`);
        },
      },
    );
  };
  return (
    <form onSubmit={submit}>
      <Stack>
        <TextInput
          label="User name or email"
          description="Nothing is mailed. A role waits for an email that nobody has yet, until its user is made."
          inputWrapperOrder={['label', 'input', 'error', 'description']}
          autoComplete="off"
          value={who}
          onChange={(event) => {
            setWho(event.currentTarget.value);
            inviting.reset();
          }}
          error={known ? `${name} is a member already.` : refusal}
          required
          withAsterisk={false}
          data-autofocus
        />
        <RoleField roles={ROLES} value={role} onChange={setRole} />
        <Group justify="flex-end">
          <Button type="submit" loading={inviting.isPending} disabled={name === '' || known}>
            Invite
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
