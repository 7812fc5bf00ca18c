import { Button, Modal } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { DeleteByName } from '../../../components/delete-by-name.tsx';
import { doAndLeave } from '../../../lib/do-and-leave.ts';
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
  const removal = useDeleteRegistry(organization, registry);
  const remove = () =>
    doAndLeave(removal, undefined, {
      tell: () => tellDone(`The registry ${registry} is deleted.`),
      leave: onDeleted,
    });
  return (
    <DeleteByName
      name={registry}
      confirm="Delete registry"
      pending={removal.isPending}
      error={removal.error}
      onConfirm={remove}
      onCancel={onCancel}
    >
      Its collections, the links in them with their aliases, its members and the automations that watch it are deleted.
      The versions stay where they were logged.
    </DeleteByName>
  );
}
