import { Button, Group, Stack, Text } from '@mantine/core';
import { Dialog } from '../../../../components/dialog.tsx';
import type { Integration } from '../../../../lib/api/integrations-query.ts';
import { doAndLeave } from '../../../../lib/do-and-leave.ts';
import { tellDone } from '../../../../lib/notices.ts';
import { useDeleteIntegration } from '../../api/delete-integration.ts';
import { Users } from './users.tsx';

interface DeleteDialogProps {
  readonly entity: string;
  readonly integration: Integration;
  readonly onClose: () => void;
}

const WORDS = { webhook: 'webhook', slack: 'Slack channel' } as const;

/** Deletes an integration, once it was shown what uses it and that is confirmed. */
export function DeleteDialog({ entity, integration: { id, kind, name, standing }, onClose }: DeleteDialogProps) {
  const deletion = useDeleteIntegration(entity, id);
  const used = standing.automations + standing.alerts > 0;
  const remove = () =>
    doAndLeave(deletion, { force: used }, { tell: () => tellDone(`“${name}” is deleted.`), leave: onClose });
  return (
    <Dialog onClose={onClose} title={`Delete the ${WORDS[kind]} “${name}”?`}>
      <Stack>
        {used ? (
          <>
            <Text>These use it. The automations are disabled and say why; alerts go there no more.</Text>
            <Users entity={entity} id={id} />
          </>
        ) : (
          <Text>Nothing uses it. What was delivered stays in the history.</Text>
        )}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose} data-autofocus>
            Keep it
          </Button>
          <Button color="red" loading={deletion.isPending} onClick={remove}>
            {used ? 'Delete it all the same' : `Delete ${WORDS[kind]}`}
          </Button>
        </Group>
      </Stack>
    </Dialog>
  );
}
