import { Button, Group, Modal, Stack, TextInput } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { Plus } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { useCreateApiKey } from '../api/create-api-key.ts';
import { FreshLoginKey } from './fresh-login-key.tsx';

/** A button that makes an API key, and shows it the one time it can be seen. */
export function CreateApiKey() {
  const [opened, { open, close }] = useDisclosure(false);
  const creation = useCreateApiKey();
  return (
    <>
      <Button
        leftSection={<Plus size={16} />}
        onClick={() => {
          creation.reset();
          open();
        }}
      >
        New API key
      </Button>
      <Modal
        opened={opened}
        onClose={close}
        title={creation.data === undefined ? 'New API key' : 'Copy your new key'}
        size="lg"
        closeOnClickOutside={creation.data === undefined}
      >
        {creation.data === undefined ? (
          <DescriptionForm pending={creation.isPending} onSubmit={creation.mutate} />
        ) : (
          <FreshLoginKey apiKey={creation.data.key} onDone={close} />
        )}
      </Modal>
    </>
  );
}

interface DescriptionFormProps {
  readonly pending: boolean;
  readonly onSubmit: (description: string) => void;
}

function DescriptionForm({ pending, onSubmit }: DescriptionFormProps) {
  const [description, setDescription] = useState('');
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    onSubmit(description.trim());
  };
  return (
    <form onSubmit={submit}>
      <Stack>
        <TextInput
          label="Description"
          description="Where the key will be used, so that you know later which one to delete."
          placeholder="laptop, training cluster, CI …"
          value={description}
          onChange={(event) => setDescription(event.currentTarget.value)}
          maxLength={255}
          data-autofocus
        />
        <Group justify="flex-end">
          <Button type="submit" loading={pending}>
            Create key
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
