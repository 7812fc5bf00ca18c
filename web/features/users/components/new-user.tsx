import { Button, Modal } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { UserPlus } from 'lucide-react';
import { useCreateUser } from '../api/users.ts';
import { FreshUser } from './fresh-user.tsx';
import { UserForm } from './user-form.tsx';

interface NewUserProps {
  /** Of whom the user is to be made at once, for instance of an invitation. */
  readonly email: string | undefined;
  readonly onClose: () => void;
}

/** A button that makes a user, and shows the first password the one time it can be seen. */
export function NewUser({ email, onClose }: NewUserProps) {
  const [opened, { open, close }] = useDisclosure(email !== undefined);
  const creation = useCreateUser();
  const made = creation.isSuccess ? creation.variables : undefined;
  const leave = () => {
    close();
    onClose();
  };
  return (
    <>
      <Button
        leftSection={<UserPlus size={16} />}
        onClick={() => {
          creation.reset();
          open();
        }}
      >
        New user
      </Button>
      <Modal
        opened={opened}
        onClose={leave}
        title={made === undefined ? 'New user' : `Tell ${made.username} how to sign in`}
        closeOnClickOutside={made === undefined}
      >
        {made === undefined ? (
          <UserForm email={email ?? ''} saving={creation} onSubmit={creation.mutate} />
        ) : (
          <FreshUser username={made.username} password={made.password} onDone={leave} />
        )}
      </Modal>
    </>
  );
}
