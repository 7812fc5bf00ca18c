import { Alert, Button, Group, Modal, Stack, Text, TextInput } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { type FormEvent, useState } from 'react';
import { messageOf } from '../../../lib/api/api-error.ts';
import { tellDone } from '../../../lib/notices.ts';
import { useDeleteRegistry } from '../api/change-registry.ts';

interface DeleteRegistryProps {
  readonly organization: string;
  readonly registry: string;
  readonly onDeleted: () => void;
}

/** Deletes a registry, once somebody has typed its name. */
export function DeleteRegistry(props: DeleteRegistryProps) {
  const [opened, { open, close }] = useDisclosure(false);
  return (
    <>
      <Button color="red" variant="light" onClick={open}>
        Delete registry
      </Button>
      <Modal opened={opened} onClose={close} title={`Delete the registry ${props.registry}?`}>
        <Form {...props} onCancel={close} />
      </Modal>
    </>
  );
}

function Form({
  organization,
  registry,
  onDeleted,
  onCancel,
}: DeleteRegistryProps & { readonly onCancel: () => void }) {
  const [typed, setTyped] = useState('');
  const removal = useDeleteRegistry(organization, registry);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    removal.mutate(undefined, {
      onSuccess: () => {
        tellDone(`The registry ${registry} is deleted.`);
        onDeleted();
      },
    });
  };
  return (
    <form onSubmit={submit}>
      <Stack>
        <Text>
          Its collections, the links in them with their aliases, its members and the automations that watch it are
          deleted. The versions stay where they were logged.
        </Text>
        <TextInput
          label={`Type ${registry} to confirm`}
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
          autoComplete="off"
          data-autofocus
        />
        {removal.error !== null && (
          <Alert color="red" variant="light" role="alert">
            {messageOf(removal.error)}
          </Alert>
        )}
        <Group justify="flex-end">
          <Button variant="default" onClick={onCancel}>
            Cancel
          </Button>
          <Button type="submit" color="red" loading={removal.isPending} disabled={typed !== registry}>
            Delete registry
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
