import { Button, Group, Text } from '@mantine/core';
import { useState } from 'react';
import { Dialog } from '../../../../components/dialog.tsx';
import { messageOf } from '../../../../lib/api/api-error.ts';
import type { Integration } from '../../../../lib/api/integrations-query.ts';
import { tellDone, tellError } from '../../../../lib/notices.ts';
import { count } from '../../../../lib/words.ts';
import { useChangeIntegration } from '../../api/change-integration.ts';
import { useRedeliverSkipped } from '../../api/redeliver-skipped.ts';

interface EnableButtonProps {
  readonly entity: string;
  readonly integration: Integration;
}

/** Enables an integration again, and offers to deliver what was skipped meanwhile. */
export function EnableButton({ entity, integration }: EnableButtonProps) {
  const { id, name } = integration;
  const [skipped, setSkipped] = useState(0);
  const change = useChangeIntegration(entity, id);
  const enable = () =>
    change.mutate(
      { enabled: true },
      {
        onSuccess: ({ redeliverable }) => {
          tellDone(`“${name}” is enabled again.`);
          setSkipped(redeliverable);
        },
        onError: (error) => tellError(messageOf(error)),
      },
    );
  return (
    <>
      {integration.disabled !== null && (
        <Button size="compact-sm" variant="light" loading={change.isPending} onClick={enable}>
          Enable again
        </Button>
      )}
      {skipped > 0 && <SkippedDialog {...{ entity, integration, skipped }} onClose={() => setSkipped(0)} />}
    </>
  );
}

interface SkippedDialogProps extends EnableButtonProps {
  readonly skipped: number;
  readonly onClose: () => void;
}

function SkippedDialog({ entity, integration, skipped, onClose }: SkippedDialogProps) {
  const redelivery = useRedeliverSkipped(entity, integration);
  const deliver = () =>
    redelivery.mutate(undefined, {
      onSuccess: (number) => tellDone(`${count(number, 'execution')} will be delivered.`),
      onSettled: onClose,
    });
  return (
    <Dialog onClose={onClose} title="Deliver what was skipped?">
      <Text>
        {count(skipped, 'execution')} {skipped === 1 ? 'was' : 'were'} skipped while “{integration.name}” was disabled.
      </Text>
      <Group justify="flex-end" mt="lg">
        <Button variant="default" onClick={onClose}>
          Leave them
        </Button>
        <Button loading={redelivery.isPending} onClick={deliver} data-autofocus>
          Deliver them now
        </Button>
      </Group>
    </Dialog>
  );
}
