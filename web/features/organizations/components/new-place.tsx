import { Button, Group, Modal, Stack, TextInput } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import type { UseMutationResult } from '@tanstack/react-query';
import { Plus } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { ApiError, messageOf } from '../../../lib/api/api-error.ts';
import { tellDone } from '../../../lib/notices.ts';
import { type NewPlace, useCreateOrganization, useCreateTeam } from '../api/organizations.ts';

/** A button that makes a team in an organization. */
export function NewTeam({ organization }: { readonly organization: string }) {
  const creation = useCreateTeam(organization);
  return (
    <NewPlaceButton
      kind="team"
      title={`New team in ${organization}`}
      adminNote="Beside you, who join it as an admin."
      creation={creation}
    />
  );
}

/** A button that makes an organization, for instance admins. */
export function NewOrganization() {
  const creation = useCreateOrganization();
  return (
    <NewPlaceButton kind="organization" title="New organization" adminNote="Who governs it." creation={creation} />
  );
}

interface NewPlaceProps {
  readonly kind: 'team' | 'organization';
  readonly title: string;
  readonly adminNote: string;
  readonly creation: UseMutationResult<{ readonly name: string }, Error, NewPlace>;
}

function NewPlaceButton(props: NewPlaceProps) {
  const { kind, title, creation } = props;
  const [opened, { open, close }] = useDisclosure(false);
  return (
    <>
      <Button
        variant={kind === 'team' ? 'default' : 'filled'}
        leftSection={<Plus size={16} />}
        onClick={() => {
          creation.reset();
          open();
        }}
      >
        New {kind}
      </Button>
      <Modal opened={opened} onClose={close} title={title}>
        <NewPlaceForm {...props} onDone={close} />
      </Modal>
    </>
  );
}

function NewPlaceForm({ kind, adminNote, creation, onDone }: NewPlaceProps & { readonly onDone: () => void }) {
  const [name, setName] = useState('');
  const [admin, setAdmin] = useState('');
  const wrong = creation.error === null ? undefined : messageOf(creation.error);
  const ofAdmin = creation.error instanceof ApiError && creation.error.status === 404;
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    const place = { name: name.trim(), admin: admin.trim() };
    creation.mutate(place, {
      onSuccess: (made) => {
        onDone();
        tellDone(`The ${kind} ${made.name} is made.`);
      },
    });
  };
  return (
    <form onSubmit={submit}>
      <Stack>
        <TextInput
          label="Name"
          description="Letters, digits, '-', '_' and '.'; it is part of addresses."
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
          error={ofAdmin ? undefined : wrong}
          required
          withAsterisk={false}
          data-autofocus
        />
        <TextInput
          label="Admin"
          description={`User name. ${adminNote}`}
          autoComplete="off"
          value={admin}
          onChange={(event) => setAdmin(event.currentTarget.value)}
          error={ofAdmin ? wrong : undefined}
        />
        <Group justify="flex-end">
          <Button type="submit" loading={creation.isPending} disabled={name.trim() === ''}>
            Create {kind}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
