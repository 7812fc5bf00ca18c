import { Skeleton, Stack } from '@mantine/core';
import { JsonBlock } from '../../../../components/json-block.tsx';
import type { ActionPreview, ActionSketchInput } from '../../api/trial.ts';
import { SlackMessage } from './slack-message.tsx';

interface RenderedProps {
  readonly type: ActionSketchInput['action']['type'];
  /** `undefined` while it is loaded. */
  readonly preview: ActionPreview | undefined;
}

/** What would be sent: a payload as JSON, a message as it would look. */
export function Rendered({ type, preview }: RenderedProps) {
  if (preview === undefined) return <Skeleton height={120} />;
  const { payload, event } = preview;
  if (payload === null) return null;
  const label = event === null ? 'As it would be sent, about a sample' : 'As it would be sent';
  return (
    <Stack gap="xs" aria-live="polite">
      {type === 'NOTIFICATION' ? (
        <SlackMessage label={label} payload={payload} />
      ) : (
        <JsonBlock label={label} value={payload} />
      )}
    </Stack>
  );
}
