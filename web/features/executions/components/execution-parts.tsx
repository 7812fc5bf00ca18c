import { Stack, Tabs } from '@mantine/core';
import { JsonBlock } from '../../../components/json-block.tsx';
import { Panel } from '../../../components/panel.tsx';
import type { ExecutionDetails } from '../api/get-execution.ts';
import { keptResponse } from './kept.ts';
import { MatchView } from './match-view.tsx';
import { RequestView } from './request-view.tsx';

const PARTS = ['Match', 'Event', 'Request', 'Response'] as const;

/** Everything that was known, sent and answered. */
export function ExecutionParts({ execution }: { readonly execution: ExecutionDetails }) {
  return (
    <Panel>
      <Tabs defaultValue="Match" keepMounted={false}>
        <Tabs.List mb="md">
          {PARTS.map((part) => (
            <Tabs.Tab key={part} value={part}>
              {part}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        <Tabs.Panel value="Match">
          <MatchView execution={execution} />
        </Tabs.Panel>
        <Tabs.Panel value="Event">
          <JsonBlock label="All values as they were then" value={execution.event.captured} />
        </Tabs.Panel>
        <Tabs.Panel value="Request">
          <RequestView execution={execution} />
        </Tabs.Panel>
        <Tabs.Panel value="Response">
          <Responses execution={execution} />
        </Tabs.Panel>
      </Tabs>
    </Panel>
  );
}

function Responses({ execution: { showsPayloads, attempts } }: { readonly execution: ExecutionDetails }) {
  if (!showsPayloads) return <p>Members of the team see what was answered.</p>;
  const answered = attempts.filter(({ response }) => response !== null);
  if (answered.length === 0) return <p>Nothing has been answered.</p>;
  return (
    <Stack gap="md">
      {answered.toReversed().map(({ number, status, response }) => (
        <JsonBlock key={number} label={`Attempt ${number} · HTTP ${status}`} value={readable(response)} />
      ))}
    </Stack>
  );
}

/** The headers, and below them the body as it came: one text, as it was on the wire. */
function readable(response: unknown): string {
  const { headers, body, truncated } = keptResponse.parse(response);
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
  return [...lines, '', truncated ? `${body}… (cut)` : body].join('\n');
}
