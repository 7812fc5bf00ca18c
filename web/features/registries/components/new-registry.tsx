import { Button, Group, Modal, Radio, Stack, TagsInput, Textarea, TextInput } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { Plus } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { FormFault } from '../../../components/form-fault.tsx';
import { fieldFaults } from '../../../lib/api/field-faults.ts';
import { tellDone } from '../../../lib/notices.ts';
import { useCreateRegistry, type Visibility } from '../api/change-registry.ts';

interface NewRegistryProps {
  readonly organization: string;
  readonly onCreated: (name: string) => void;
}

/** A button that makes a registry of an organization. */
export function NewRegistry({ organization, onCreated }: NewRegistryProps) {
  const [opened, { open, close }] = useDisclosure(false);
  return (
    <>
      <Button variant="default" leftSection={<Plus size={16} />} onClick={open}>
        New registry
      </Button>
      <Modal opened={opened} onClose={close} title={`New registry of ${organization}`}>
        <Form organization={organization} onCreated={onCreated} />
      </Modal>
    </>
  );
}

function Form({ organization, onCreated }: NewRegistryProps) {
  const [name, setName] = useState('');
  const [description, setDescription] = useState('');
  const [visibility, setVisibility] = useState<Visibility>('Team');
  const [artifactTypes, setTypes] = useState<string[]>([]);
  const creation = useCreateRegistry(organization);
  const faults = fieldFaults(creation.error, ['name', 'artifactTypeName']);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    creation.mutate(
      { name: name.trim(), description: description.trim() || null, visibility, artifactTypes },
      {
        onSuccess: (made) => {
          tellDone(`The registry ${made.name} is made.`);
          onCreated(made.name);
        },
      },
    );
  };
  return (
    <form onSubmit={submit}>
      <Stack>
        <TextInput
          label="Name"
          description="Letters, digits, '-', '_' and '.'; code names it."
          inputWrapperOrder={['label', 'input', 'error', 'description']}
          value={name}
          onChange={(event) => {
            creation.reset();
            setName(event.currentTarget.value);
          }}
          error={faults.at('name')}
          autoComplete="off"
          required
          withAsterisk={false}
          data-autofocus
        />
        <Textarea
          label="Description"
          autosize
          minRows={2}
          value={description}
          onChange={(event) => setDescription(event.currentTarget.value)}
        />
        <VisibilityField organization={organization} value={visibility} onChange={setVisibility} />
        <TagsInput
          label="Types"
          description="The only types of artifacts that may be linked; without any, all may. Enter adds one."
          inputWrapperOrder={['label', 'input', 'error', 'description']}
          value={artifactTypes}
          onChange={setTypes}
          error={faults.at('artifactTypeName')}
        />
        <FormFault message={faults.whole} />
        <Group justify="flex-end">
          <Button type="submit" loading={creation.isPending} disabled={name.trim() === ''}>
            Create registry
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

interface VisibilityFieldProps {
  readonly organization: string;
  readonly value: Visibility;
  readonly onChange: (value: Visibility) => void;
}

/** Who sees a registry. */
export function VisibilityField({ organization, value, onChange }: VisibilityFieldProps) {
  return (
    <Radio.Group
      label="Seen by"
      value={value}
      onChange={(next) => onChange(next === 'Restricted' ? 'Restricted' : 'Team')}
    >
      <Stack gap="xs" mt="xs">
        <Radio value="Team" label={`everybody in ${organization}`} />
        <Radio value="Restricted" label="people and teams who are invited" />
      </Stack>
    </Radio.Group>
  );
}
