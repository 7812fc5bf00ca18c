import { Autocomplete, Button, Group, Modal, Select, Stack, Textarea, TextInput } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { Plus } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { FormFault } from '../../../../components/form-fault.tsx';
import { fieldFaults } from '../../../../lib/api/field-faults.ts';
import { tellDone } from '../../../../lib/notices.ts';
import { useCreateCollection } from '../../api/change-collection.ts';

interface NewCollectionProps {
  readonly entity: string;
  readonly project: string;
  /** Types that the registry takes or has. */
  readonly types: readonly string[];
  /** Whether it takes others too. */
  readonly takesAll: boolean;
  readonly onCreated: (name: string, type: string) => void;
}

/** A button that makes an empty collection of a registry. */
export function NewCollection(props: NewCollectionProps) {
  const [opened, { open, close }] = useDisclosure(false);
  return (
    <>
      <Button variant="default" leftSection={<Plus size={16} />} onClick={open}>
        New collection
      </Button>
      <Modal opened={opened} onClose={close} title="New collection">
        <Form {...props} />
      </Modal>
    </>
  );
}

function Form({ entity, project, types, takesAll, onCreated }: NewCollectionProps) {
  const [name, setName] = useState('');
  const [type, setType] = useState(types[0] ?? 'model');
  const [description, setDescription] = useState('');
  const creation = useCreateCollection({ entity, project });
  const faults = fieldFaults(creation.error, ['name', 'artifactCollectionName', 'artifactTypeName']);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    creation.mutate(
      { name: name.trim(), type: type.trim(), description: description.trim() || null },
      {
        onSuccess: (made) => {
          tellDone(`The collection ${made.name} is made.`);
          onCreated(made.name, made.type);
        },
      },
    );
  };
  const typeField = {
    label: 'Type',
    description: 'Only versions of this type can be linked to it.',
    inputWrapperOrder: ['label' as const, 'input' as const, 'error' as const, 'description' as const],
    data: [...types],
    value: type,
    error: faults.at('artifactTypeName'),
  };
  return (
    <form onSubmit={submit}>
      <Stack>
        <TextInput
          label="Name"
          value={name}
          onChange={(event) => {
            creation.reset();
            setName(event.currentTarget.value);
          }}
          error={faults.at('name') ?? faults.at('artifactCollectionName')}
          autoComplete="off"
          required
          withAsterisk={false}
          data-autofocus
        />
        {takesAll ? (
          <Autocomplete {...typeField} autoComplete="off" onChange={setType} />
        ) : (
          <Select {...typeField} allowDeselect={false} onChange={(next) => next !== null && setType(next)} />
        )}
        <Textarea
          label="Description"
          autosize
          minRows={2}
          value={description}
          onChange={(event) => setDescription(event.currentTarget.value)}
        />
        <FormFault message={faults.whole} />
        <Group justify="flex-end">
          <Button type="submit" loading={creation.isPending} disabled={name.trim() === '' || type.trim() === ''}>
            Create collection
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
