import { Button, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { Trash2 } from 'lucide-react';
import { SelectionBar } from '../../../../components/selection-bar.tsx';
import { count } from '../../../../lib/words.ts';
import type { CollectionAddress } from '../../api/list-versions.ts';
import { DeleteVersions } from './delete-versions.tsx';

interface VersionSelectionProps {
  readonly address: CollectionAddress;
  /** Numbers of those that are chosen. */
  readonly chosen: ReadonlySet<string>;
  readonly onClear: () => void;
}

/** How many versions are chosen, and what can be done with them. */
export function VersionSelection({ address, chosen, onClear }: VersionSelectionProps) {
  const [isDeleting, { open, close }] = useDisclosure(false);
  return (
    <SelectionBar onClear={onClear}>
      {(clear) => (
        <>
          {chosen.size === 0 ? (
            <Text size="sm" c="dimmed">
              Choose versions to delete several at once.
            </Text>
          ) : (
            <>
              <Text size="sm" fw={550}>
                {count(chosen.size, 'version')} chosen
              </Text>
              <Button size="xs" variant="default" leftSection={<Trash2 size={14} aria-hidden />} onClick={open}>
                Delete
              </Button>
              <Button size="xs" variant="subtle" color="gray" onClick={clear}>
                Choose none
              </Button>
            </>
          )}
          <DeleteVersions
            address={address}
            versions={[...chosen]}
            opened={isDeleting}
            onClose={close}
            onDeleted={clear}
          />
        </>
      )}
    </SelectionBar>
  );
}
