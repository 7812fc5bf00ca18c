import { Alert, Button, Group, Modal, Stack, Text } from '@mantine/core';
import { ApiError, messageOf } from '../../../../lib/api/api-error.ts';
import { doAndLeave } from '../../../../lib/do-and-leave.ts';
import { tellDone } from '../../../../lib/notices.ts';
import { useDeleteVersion } from '../../api/change-version.ts';
import type { VersionAddress } from '../../api/get-version.ts';

interface DeleteVersionProps {
  readonly address: VersionAddress;
  readonly opened: boolean;
  readonly onClose: () => void;
  readonly onDeleted: () => void;
}

/** Asks whether a version is to be deleted; where aliases lead to it, which ones, and once more. */
export function DeleteVersion({ address, opened, onClose, onDeleted }: DeleteVersionProps) {
  const removal = useDeleteVersion(address);
  const name = `${address.collection}:${address.version}`;
  const { error } = removal;
  const isKept = error instanceof ApiError && error.field === 'deleteAliases';
  const remove = () => doAndLeave(removal, isKept, { tell: () => tellDone(`${name} is deleted.`), leave: onDeleted });
  const close = () => {
    removal.reset();
    onClose();
  };
  return (
    <Modal opened={opened} onClose={close} title={`Delete ${name}?`}>
      <Stack>
        <Text>
          It leaves every registry that it is linked to, and its files are removed. What it was made from and used for
          stays.
        </Text>
        {error !== null && (
          <Alert color={isKept ? 'yellow' : 'red'} variant="light" role="alert">
            {messageOf(error)}
          </Alert>
        )}
        <Group justify="flex-end">
          <Button variant="default" onClick={close} data-autofocus>
            Cancel
          </Button>
          <Button color="red" loading={removal.isPending} onClick={remove}>
            {isKept ? 'Delete with its aliases' : 'Delete version'}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
