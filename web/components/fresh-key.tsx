import { Button, Group, Stack, Text } from '@mantine/core';
import { CommandLine } from './command-line.tsx';

interface FreshKeyProps {
  readonly apiKey: string;
  /** What the command is for, as a sentence before it. */
  readonly use: string;
  readonly command: string;
  readonly onDone?: () => void;
}

/** An API key, the one time that it can be seen, and the command that wants it. */
export function FreshKey({ apiKey, use, command, onDone }: FreshKeyProps) {
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
          {use}
        </Text>
        <CommandLine text={command} label="Copy the command" />
      </div>
      {onDone !== undefined && (
        <Group justify="flex-end">
          <Button onClick={onDone}>I have copied it</Button>
        </Group>
      )}
    </Stack>
  );
}
