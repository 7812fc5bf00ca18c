import { Button, Group, Stack, Text } from '@mantine/core';
import { CommandLine } from '../../../components/command-line.tsx';
import { loginCommand } from './login-command.ts';

/** A key that was just made, and the command that wants it. */
export function FreshKey({ apiKey, onDone }: { readonly apiKey: string; readonly onDone?: () => void }) {
  return (
    <Stack>
      <div>
        <Text size="sm" mb={6}>
          This is the only time that you see it.
        </Text>
        <CommandLine text={apiKey} label="Copy the key" />
      </div>
      <div>
        <Text size="sm" mb={6}>
          Sign in on the machine that trains, and paste the key when it asks:
        </Text>
        <CommandLine text={loginCommand()} label="Copy the command" />
      </div>
      {onDone !== undefined && (
        <Group justify="flex-end">
          <Button onClick={onDone}>I have copied it</Button>
        </Group>
      )}
    </Stack>
  );
}
