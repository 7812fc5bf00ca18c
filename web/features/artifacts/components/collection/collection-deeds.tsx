import { Button, Group, Menu, Modal, Stack, TextInput } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { Pencil, Trash2 } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { DeleteByName } from '../../../../components/delete-by-name.tsx';
import { RowMenu } from '../../../../components/row-menu.tsx';
import { messageOf } from '../../../../lib/api/api-error.ts';
import { doAndLeave } from '../../../../lib/do-and-leave.ts';
import { tellDone } from '../../../../lib/notices.ts';
import { count } from '../../../../lib/words.ts';
import { useChangeCollection, useDeleteCollection } from '../../api/change-collection.ts';
import type { ArtifactCollection } from '../../api/list-collections.ts';
import type { CollectionAddress } from '../../api/list-versions.ts';

interface CollectionDeedsProps {
  readonly address: CollectionAddress;
  readonly collection: ArtifactCollection;
  readonly onRenamed: (name: string) => void;
  readonly onDeleted: () => void;
}

/** What can be done with a collection as a whole, for whoever may. */
export function CollectionDeeds({ address, collection, onRenamed, onDeleted }: CollectionDeedsProps) {
  const [isRenamed, rename] = useDisclosure(false);
  const [isDeleted, remove] = useDisclosure(false);
  return (
    <>
      <RowMenu label="More to do with this collection">
        <Menu.Item leftSection={<Pencil size={15} aria-hidden />} onClick={rename.open}>
          Rename
        </Menu.Item>
        <Menu.Item color="red" leftSection={<Trash2 size={15} aria-hidden />} onClick={remove.open}>
          Delete collection
        </Menu.Item>
      </RowMenu>
      <Modal opened={isRenamed} onClose={rename.close} title={`Rename ${collection.name}`}>
        <RenameForm
          address={address}
          onRenamed={(name) => {
            // the page stays, under another address
            rename.close();
            onRenamed(name);
          }}
        />
      </Modal>
      <Modal opened={isDeleted} onClose={remove.close} title={`Delete ${collection.name}?`}>
        <DeleteForm address={address} collection={collection} onCancel={remove.close} onDeleted={onDeleted} />
      </Modal>
    </>
  );
}

function RenameForm({ address, onRenamed }: Pick<CollectionDeedsProps, 'address' | 'onRenamed'>) {
  const [name, setName] = useState(address.collection);
  const change = useChangeCollection(address);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    doAndLeave(
      change,
      { name: name.trim() },
      {
        tell: (renamed) => tellDone(`${address.collection} is called ${renamed.name} now.`),
        leave: (renamed) => onRenamed(renamed.name),
      },
    );
  };
  return (
    <form onSubmit={submit}>
      <Stack>
        <TextInput
          label="Name"
          description="Code that names the collection must name it anew; its versions and automations stay."
          inputWrapperOrder={['label', 'input', 'error', 'description']}
          value={name}
          onChange={(event) => {
            change.reset();
            setName(event.currentTarget.value);
          }}
          error={change.error === null ? undefined : messageOf(change.error)}
          autoComplete="off"
          data-autofocus
        />
        <Group justify="flex-end">
          <Button
            type="submit"
            loading={change.isPending}
            disabled={name.trim() === '' || name.trim() === address.collection}
          >
            Rename
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

interface DeleteFormProps extends Pick<CollectionDeedsProps, 'address' | 'collection' | 'onDeleted'> {
  readonly onCancel: () => void;
}

function DeleteForm({ address, collection: { name, kind, versions }, onCancel, onDeleted }: DeleteFormProps) {
  const removal = useDeleteCollection(address);
  const remove = () =>
    doAndLeave(removal, undefined, { tell: () => tellDone(`${name} is deleted.`), leave: onDeleted });
  return (
    <DeleteByName
      name={name}
      confirm="Delete collection"
      pending={removal.isPending}
      error={removal.error}
      onConfirm={remove}
      onCancel={onCancel}
    >
      {kind === 'sequence'
        ? `Its ${count(versions, 'version')} are deleted with their files, aliases and links, wherever they are linked to.`
        : `Its ${count(versions, 'link')} end, with their aliases; the versions stay where they were logged.`}{' '}
      Automations that watch it are deleted too.
    </DeleteByName>
  );
}
