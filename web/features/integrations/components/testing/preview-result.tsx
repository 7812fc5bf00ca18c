import { Alert } from '@mantine/core';
import { JsonBlock } from '../../../../components/json-block.tsx';
import type { PayloadPreview } from '../../../../lib/api/generated.ts';

/** What would be sent. */
export function PreviewResult({ preview: { payload, unknown } }: { readonly preview: PayloadPreview }) {
  return (
    <>
      <Unknown names={unknown} />
      <JsonBlock label="Payload, as it would be sent" value={payload} />
    </>
  );
}

/** Names that no event has: most are typing errors. */
export function Unknown({ names }: { readonly names: readonly string[] }) {
  if (names.length === 0) return null;
  return (
    <Alert color="yellow" variant="light">
      No event has {names.join(', ')}: it is sent as it stands.
    </Alert>
  );
}
