import { Button, Group, Modal, Stack } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { Plus } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { FormFault } from '../../../components/form-fault.tsx';
import { TypedTags } from '../../../components/typed-tags.tsx';
import { fieldFaults } from '../../../lib/api/field-faults.ts';
import { tellDone } from '../../../lib/notices.ts';
import { useCreateRegistry } from '../api/change-registry.ts';
import { type RegistryAbout, RegistryFields } from './registry-fields.tsx';

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
  const [about, setAbout] = useState<RegistryAbout>({ name: '', description: '', visibility: 'Team' });
  const [artifactTypes, setTypes] = useState<string[]>([]);
  const creation = useCreateRegistry(organization);
  const faults = fieldFaults(creation.error, ['name', 'artifactTypeName']);
  const name = about.name.trim();
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    creation.mutate(
      { ...about, name, description: about.description.trim() || null, artifactTypes },
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
        <RegistryFields
          organization={organization}
          about={about}
          nameHint="Letters, digits, '-', '_' and '.'; code names it."
          nameFault={faults.at('name')}
          autoFocus
          onChange={(next) => {
            creation.reset();
            setAbout(next);
          }}
        />
        <TypedTags
          label="Types"
          description="The only types of artifacts that may be linked; without any, all may. Enter adds one."
          inputWrapperOrder={['label', 'input', 'error', 'description']}
          value={artifactTypes}
          onChange={setTypes}
          error={faults.at('artifactTypeName')}
        />
        <FormFault message={faults.whole} />
        <Group justify="flex-end">
          <Button type="submit" loading={creation.isPending} disabled={name === ''}>
            Create registry
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
