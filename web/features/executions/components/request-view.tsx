import { Button, CopyButton, Stack } from '@mantine/core';
import { Check, Terminal } from 'lucide-react';
import { JsonBlock } from '../../../components/json-block.tsx';
import type { ExecutionDetails } from '../api/get-execution.ts';
import { curlCommand } from './curl.ts';
import { keptRequest } from './kept.ts';

/** What was sent: the payload, and the head of the newest request. */
export function RequestView({ execution }: { readonly execution: ExecutionDetails }) {
  const { showsPayloads, payload, attempts } = execution;
  if (!showsPayloads) return <p>Members of the team see what was sent.</p>;
  const request = keptRequest.safeParse(attempts.at(-1)?.request).data;
  if (payload === null && request === undefined) return <p>Nothing has been sent.</p>;
  return (
    <Stack gap="md">
      {request !== undefined && payload !== null && <CopyCurl text={curlCommand(request, payload)} />}
      {request !== undefined && <JsonBlock label={`${request.method} ${request.url}`} value={request.headers} />}
      {payload !== null && <JsonBlock label="Payload" value={payload} />}
    </Stack>
  );
}

function CopyCurl({ text }: { readonly text: string }) {
  return (
    <CopyButton value={text} timeout={2000}>
      {({ copied, copy }) => (
        <Button
          variant="default"
          w="fit-content"
          leftSection={copied ? <Check size={15} aria-hidden /> : <Terminal size={15} aria-hidden />}
          onClick={copy}
        >
          {copied ? 'Copied' : 'Copy as curl'}
        </Button>
      )}
    </CopyButton>
  );
}
