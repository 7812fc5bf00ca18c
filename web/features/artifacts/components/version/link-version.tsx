import { Autocomplete, Button, Group, Modal, Select, Stack, Text } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { FormFault } from '../../../../components/form-fault.tsx';
import { TypedTags } from '../../../../components/typed-tags.tsx';
import { fieldFaults } from '../../../../lib/api/field-faults.ts';
import { tellDone } from '../../../../lib/notices.ts';
import { useSettled } from '../../../../lib/use-settled.ts';
import { useLinkVersion } from '../../api/change-version.ts';
import type { VersionAddress } from '../../api/get-version.ts';
import { collectionsQuery } from '../../api/list-collections.ts';

/** A registry that takes versions of the type, from the viewer. */
export interface LinkRegistry {
  readonly organization: string;
  readonly name: string;
  /** Its project. */
  readonly project: string;
}

interface LinkVersionProps {
  readonly address: VersionAddress;
  readonly type: string;
  readonly registries: readonly LinkRegistry[];
  readonly opened: boolean;
  readonly onClose: () => void;
}

/** Links a version to a collection of a registry: one that is there, or a new one. */
export function LinkVersion({ opened, onClose, ...rest }: LinkVersionProps) {
  return (
    <Modal opened={opened} onClose={onClose} title="Link to registry">
      <LinkForm {...rest} onDone={onClose} />
    </Modal>
  );
}

const keyOf = ({ organization, project }: LinkRegistry): string => `${organization}/${project}`;

type FormProps = Omit<LinkVersionProps, 'opened' | 'onClose'> & { readonly onDone: () => void };

function LinkForm({ address, type, registries, onDone }: FormProps) {
  const [chosen, choose] = useState(() => registries[0]);
  const [collection, setCollection] = useState('');
  const [aliases, setAliases] = useState<string[]>([]);
  const linking = useLinkVersion(address);
  const names = useCollectionNames(chosen, collection, type);
  const faults = fieldFaults(linking.error, ['aliases', 'artifactCollectionName']);
  const name = collection.trim();
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (chosen === undefined) return;
    linking.mutate(
      { entity: chosen.organization, project: chosen.project, collection: name, aliases },
      {
        onSuccess: (place) => {
          tellDone(`Linked as ${place.collection}:${place.version} in ${chosen.name}.`);
          onDone();
        },
      },
    );
  };
  return (
    <form onSubmit={submit}>
      <Stack>
        <Select
          label="Registry"
          allowDeselect={false}
          searchable
          data={registries.map((each) => ({ value: keyOf(each), label: `${each.name} of ${each.organization}` }))}
          value={chosen === undefined ? null : keyOf(chosen)}
          onChange={(key) => choose(registries.find((each) => keyOf(each) === key))}
        />
        <Autocomplete
          label="Collection"
          description={`One of type ${type}; a name that is new makes one.`}
          inputWrapperOrder={['label', 'input', 'error', 'description']}
          data={names}
          value={collection}
          onChange={(text) => {
            linking.reset();
            setCollection(text);
          }}
          error={faults.at('artifactCollectionName')}
          autoComplete="off"
          required
          withAsterisk={false}
          data-autofocus
        />
        <TypedTags
          label="Aliases"
          description="Enter adds one. latest is given by itself."
          inputWrapperOrder={['label', 'input', 'error', 'description']}
          value={aliases}
          onChange={(next) => {
            linking.reset();
            setAliases(next);
          }}
          error={faults.at('aliases')}
        />
        {name !== '' && !names.includes(name) && (
          <Text size="sm" c="dimmed">
            The collection {name} will be made.
          </Text>
        )}
        <FormFault message={faults.whole} />
        <Group justify="flex-end">
          <Button type="submit" loading={linking.isPending} disabled={name === '' || chosen === undefined}>
            Link version
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

function useCollectionNames(registry: LinkRegistry | undefined, text: string, type: string): string[] {
  const search = useSettled(text);
  const { organization = '', project = '' } = registry ?? {};
  const query = collectionsQuery(organization, project, { search, type });
  const { data = [] } = useInfiniteQuery({ ...query, enabled: registry !== undefined });
  return data.map(({ name }) => name);
}
