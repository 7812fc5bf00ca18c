import { Button, Group, PasswordInput, Stack, TextInput } from '@mantine/core';
import { useState } from 'react';
import { FormFault } from '../../../../components/form-fault.tsx';
import { fieldFaults } from '../../../../lib/api/field-faults.ts';
import type { SavedSecret } from '../../../../lib/api/generated.ts';
import { useCreateSecret } from '../../api/secrets.ts';
import { submitting } from '../shared/submitting.ts';
import { told } from './told.ts';

interface SecretFormProps {
  readonly entity: string;
  readonly onCreated: (secret: SavedSecret) => void;
}

/** A new secret: its value is seen while it is typed, and never again. */
export function SecretForm({ entity, onCreated }: SecretFormProps) {
  const [name, setName] = useState('');
  const [value, setValue] = useState('');
  const creation = useCreateSecret(entity);
  const faults = fieldFaults(creation.error, ['name', 'value']);
  const create = () =>
    creation.mutate(
      { name: name.trim(), value },
      {
        onSuccess: (secret) => {
          told(`The secret ${secret.name} is stored.`, secret.notices);
          onCreated(secret);
        },
      },
    );
  return (
    <form onSubmit={submitting(create)} noValidate>
      <Stack>
        <TextInput
          label="Name"
          description="Letters, digits and _, beginning with a letter. Webhooks and payloads use it by this name."
          placeholder="DEPLOY_TOKEN"
          value={name}
          error={faults.at('name')}
          autoComplete="off"
          spellCheck={false}
          onChange={({ currentTarget }) => setName(currentTarget.value)}
          data-autofocus
        />
        <ValueInput value={value} error={faults.at('value')} onChange={setValue} />
        <FormFault message={faults.whole} />
        <Group justify="flex-end">
          <Button type="submit" loading={creation.isPending} disabled={name === '' || value === ''}>
            Create secret
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

interface ValueInputProps {
  readonly value: string;
  readonly error: string | undefined;
  readonly onChange: (value: string) => void;
  readonly autoFocus?: boolean;
}

/** Where the value of a secret is typed; no browser keeps it. */
export function ValueInput({ value, error, onChange, autoFocus = false }: ValueInputProps) {
  return (
    <PasswordInput
      label="Value"
      description="Nobody can read it again, you included. It is taken as it is, to the letter."
      value={value}
      error={error}
      autoComplete="new-password"
      onChange={({ currentTarget }) => onChange(currentTarget.value)}
      {...(autoFocus ? { 'data-autofocus': true } : {})}
    />
  );
}
