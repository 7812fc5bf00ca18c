import { Button, Group, List, Stack, Text } from '@mantine/core';
import { Dialog } from '../../../../components/dialog.tsx';
import { doAndLeave } from '../../../../lib/do-and-leave.ts';
import { tellDone } from '../../../../lib/notices.ts';
import { count } from '../../../../lib/words.ts';
import { type Secret, useDeleteSecret } from '../../api/secrets.ts';

interface DeleteSecretDialogProps {
  readonly entity: string;
  readonly secret: Secret;
  readonly onClose: () => void;
}

/** Deletes a secret for good, once it was shown what uses it and that is confirmed. */
export function DeleteSecretDialog({ entity, secret, onClose }: DeleteSecretDialogProps) {
  const { name, usedBy, automations, automationsElsewhere } = secret;
  const deletion = useDeleteSecret(entity, name);
  const remove = () =>
    doAndLeave(
      deletion,
      { force: usedBy.length > 0 },
      { tell: () => tellDone(`The secret ${name} is deleted.`), leave: onClose },
    );
  const users = [
    ...usedBy.map((webhook) => `the webhook “${webhook}”`),
    ...automations.map((automation) => `the automation “${automation.name}”`),
    ...(automationsElsewhere > 0 ? [`${count(automationsElsewhere, 'automation')} of other entities`] : []),
  ];
  return (
    <Dialog onClose={onClose} title={`Delete the secret ${name}?`}>
      <Stack>
        {users.length === 0 ? (
          <Text>Nothing uses it. Its value is gone for good.</Text>
        ) : (
          <>
            <Text>
              These use it. What they deliver fails until a secret of that name is made again; its value is gone for
              good.
            </Text>
            <List size="sm">
              {users.map((user) => (
                <List.Item key={user}>{user}</List.Item>
              ))}
            </List>
          </>
        )}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose} data-autofocus>
            Keep it
          </Button>
          <Button color="red" loading={deletion.isPending} onClick={remove}>
            {users.length === 0 ? 'Delete secret' : 'Delete it all the same'}
          </Button>
        </Group>
      </Stack>
    </Dialog>
  );
}
