import { Alert, Button, Group, NativeSelect, Stack, Textarea } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { FormFault } from '../../../../components/form-fault.tsx';
import { FieldFault, fieldFaults } from '../../../../lib/api/field-faults.ts';
import type { Integration } from '../../../../lib/api/integrations-query.ts';
import { isObject } from '../../../../lib/trees.ts';
import { sentence } from '../../../../lib/words.ts';
import { integrationQuery } from '../../api/integration-details.ts';
import { pastEventsQuery, usePreview, useTestIntegration } from '../../api/test-integration.ts';
import { submitting } from '../shared/submitting.ts';
import { PreviewResult } from './preview-result.tsx';
import styles from './test-panel.module.css';
import { TestResult } from './test-result.tsx';
import { Waiting } from './waiting.tsx';

const FIELDS = ['event', 'payload'] as const;
const DEFAULT_SECONDS = 20;

interface TestPanelProps {
  readonly entity: string;
  readonly integration: Integration;
}

/** Sends one request or message by hand, about a past event or a sample, and shows what came of it. */
export function TestPanel({ entity, integration }: TestPanelProps) {
  const [event, setEvent] = useState('');
  const [payload, setPayload] = useState('');
  const [fault, setFault] = useState<unknown>();
  const { data: details } = useQuery(integrationQuery(entity, integration.id));
  const test = useTestIntegration(entity, integration.id);
  const preview = usePreview(entity, integration.id);
  const faults = fieldFaults(fault, FIELDS);
  const isWebhook = integration.kind === 'webhook';
  const ask = async (asking: typeof test | typeof preview): Promise<void> => {
    setFault(undefined);
    for (const each of [test, preview]) each.reset();
    try {
      await asking.mutateAsync({ event: event === '' ? null : event, payload: readPayload(payload) });
    } catch (error) {
      setFault(error);
    }
  };
  return (
    <form onSubmit={submitting(() => void ask(test))} noValidate>
      <Stack>
        {details?.warnings.map((warning) => (
          <Alert key={warning} color="yellow" variant="light">
            {sentence(warning)}
          </Alert>
        ))}
        <div className={styles.layout}>
          <Stack>
            <EventSelect entity={entity} value={event} error={faults.at('event')} onChange={setEvent} />
            {isWebhook && (
              <Textarea
                label="Payload (JSON)"
                description="Left empty, the default document is sent. Nothing of it is saved."
                placeholder={'{\n  "text": "${run_name}"\n}'}
                className={styles.payload}
                rows={7}
                spellCheck={false}
                value={payload}
                error={faults.at('payload')}
                onChange={({ currentTarget }) => setPayload(currentTarget.value)}
              />
            )}
            <Group>
              <Button type="submit" loading={test.isPending} disabled={preview.isPending}>
                {isWebhook ? 'Send test request' : 'Send test message'}
              </Button>
              {isWebhook && (
                <Button
                  variant="default"
                  loading={preview.isPending}
                  disabled={test.isPending}
                  onClick={() => void ask(preview)}
                >
                  Preview
                </Button>
              )}
            </Group>
          </Stack>
          <section className={styles.result} aria-label="What came of it" aria-live="polite">
            <FormFault message={faults.whole} />
            {test.isPending && <Waiting seconds={integration.settings?.timeoutSeconds ?? DEFAULT_SECONDS} />}
            {test.data !== undefined && <TestResult test={test.data} />}
            {preview.data !== undefined && <PreviewResult preview={preview.data} />}
            {fault === undefined && test.isIdle && preview.isIdle && (
              <div className={styles.waiting}>
                {isWebhook
                  ? 'One request is sent as a delivery would be, and shown here with its answer. It is in no history.'
                  : 'One message is sent to the channel. It is in no history.'}
              </div>
            )}
          </section>
        </div>
      </Stack>
    </form>
  );
}

interface EventSelectProps {
  readonly entity: string;
  readonly value: string;
  readonly error: string | undefined;
  readonly onChange: (id: string) => void;
}

function EventSelect({ entity, value, error, onChange }: EventSelectProps) {
  const { data = [] } = useQuery(pastEventsQuery(entity));
  return (
    <NativeSelect
      label="About"
      description={data.length === 0 ? 'Nothing has happened here yet: a sample is taken.' : undefined}
      value={value}
      error={error}
      data={[
        { value: '', label: data.length === 0 ? 'A sample' : 'The newest event' },
        ...data.map(({ id, subject, words, occurredAt }) => ({
          value: id,
          label: `${subject}: ${words} ${timeOf(occurredAt)}`,
        })),
      ]}
      onChange={({ currentTarget }) => onChange(currentTarget.value)}
    />
  );
}

const time = new Intl.DateTimeFormat('en', { dateStyle: 'medium', timeStyle: 'short' });

const timeOf = (at: string): string => `(${time.format(new Date(at))})`;

/** @throws FieldFault when it is no JSON object */
function readPayload(text: string): Record<string, unknown> | null {
  if (text.trim() === '') return null;
  const parsed = parse(text);
  if (!isObject(parsed)) throw new FieldFault('payload', 'A JSON object is needed: { … }.');
  return Object.fromEntries(Object.entries(parsed));
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new FieldFault('payload', 'This is no JSON yet. Quote the variables: "${run_name}".');
  }
}
