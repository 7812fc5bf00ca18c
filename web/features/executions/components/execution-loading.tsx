import { Skeleton, Stack } from '@mantine/core';

/** The place of an execution while it is loaded. */
export function ExecutionLoading() {
  return (
    <Stack gap="lg" aria-busy>
      <Skeleton height={72} radius="lg" />
      <Skeleton height={220} radius="lg" />
    </Stack>
  );
}
