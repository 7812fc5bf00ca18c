import { Button, Group, Stack, Text } from '@mantine/core';
import { CommandLine } from '../../../components/command-line.tsx';

/** The key of a program, the one time it can be seen. */
export function FreshServiceKey({ apiKey, onDone }: { readonly apiKey: string; readonly onDone: () => void }) {
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
          Where the program runs:
        </Text>
        <CommandLine
          text={`export WANDB_BASE_URL=${location.origin} WANDB_API_KEY=${apiKey}`}
          label="Copy the command"
        />
      </div>
      <Group justify="flex-end">
        <Button onClick={onDone}>I have copied it</Button>
      </Group>
    </Stack>
  );
}
