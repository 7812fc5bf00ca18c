import { Button, Group, Stack, Text } from '@mantine/core';
import { CommandLine } from '../../../components/command-line.tsx';

interface FreshUserProps {
  readonly username: string;
  readonly password: string;
  readonly onDone: () => void;
}

/** What somebody needs to sign in for the first time. */
export function FreshUser({ username, password, onDone }: FreshUserProps) {
  return (
    <Stack>
      <Text size="sm">
        Nothing is mailed. Send them this on a way that you trust; they change the password in their settings.
      </Text>
      <div>
        <Text size="sm" mb={6}>
          Where they sign in
        </Text>
        <CommandLine text={`${location.origin}/login`} label="Copy the address" />
      </div>
      <div>
        <Text size="sm" mb={6}>
          User name
        </Text>
        <CommandLine text={username} label="Copy the user name" />
      </div>
      <div>
        <Text size="sm" mb={6}>
          First password; this is the only time that you see it
        </Text>
        <CommandLine text={password} label="Copy the password" />
      </div>
      <Group justify="flex-end">
        <Button onClick={onDone}>I have copied it</Button>
      </Group>
    </Stack>
  );
}
