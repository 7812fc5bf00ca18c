import { NativeSelect, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { ErrorPanel } from '../../../../components/error-panel.tsx';
import { messageOf } from '../../../../lib/api/api-error.ts';
import { eventLabel } from '../../../../lib/event-label.ts';
import { type ActionSketchInput, type PastEvent, pastEventsQuery, previewQuery } from '../../api/trial.ts';
import { Rendered } from './rendered.tsx';
import { Verdicts } from './verdicts.tsx';

interface TrialProps {
  readonly entity: string;
  /** An automation, saved or not. */
  readonly sketch: Omit<ActionSketchInput, 'pastEvent'>;
}

const exact = new Intl.DateTimeFormat('en', { dateStyle: 'medium', timeStyle: 'short' });

/** An automation tried on what happened: what each of its filters says, and what would be sent. Nothing is sent. */
export function Trial({ entity, sketch }: TrialProps) {
  const { scope, event } = sketch;
  const events = useQuery(pastEventsQuery(entity, { scope, type: event.type }));
  const [chosen, choose] = useState('');
  if (events.error !== null) return <ErrorPanel error={events.error} retry={events.refetch} />;
  const past = events.data?.find(({ id }) => id === chosen) ?? events.data?.[0];
  return (
    <Stack gap="md">
      <NativeSelect
        label="Event to try it on"
        description={
          events.data?.length === 0
            ? `No event “${eventLabel(event.type)}” has happened here yet: this is a sample.`
            : 'The newest that happened here.'
        }
        disabled={events.data === undefined || events.data.length === 0}
        data={events.data?.map((each) => ({ value: each.id, label: labelOf(each) })) ?? []}
        value={past?.id ?? ''}
        onChange={({ currentTarget }) => choose(currentTarget.value)}
      />
      {past !== undefined && <Verdicts entity={entity} draft={sketch} past={past} />}
      {events.data !== undefined && sketch.action.type !== 'NO_OP' && (
        <Payload
          // what another action sent is no preview of this one
          key={sketch.action.type}
          entity={entity}
          sketch={{ ...sketch, pastEvent: past?.id ?? null }}
        />
      )}
    </Stack>
  );
}

const labelOf = ({ occurredAt, subject, words }: PastEvent): string =>
  [exact.format(new Date(occurredAt)), subject, words].join(' · ');

function Payload({ entity, sketch }: { readonly entity: string; readonly sketch: ActionSketchInput }) {
  const { data, error } = useQuery(previewQuery(entity, sketch));
  if (error !== null) {
    return (
      <Text size="sm" c="var(--bad)" role="alert">
        {messageOf(error)}
      </Text>
    );
  }
  return <Rendered type={sketch.action.type} preview={data} />;
}
