import { Group, SegmentedControl } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { CodeBlock } from '../../../components/code-block.tsx';
import { CommandLine } from '../../../components/command-line.tsx';
import { PROJECT, type Progress } from '../api/progress.ts';
import { webhookQuery } from '../api/webhook.ts';
import { AUTOMATION_FILE, automationScript, type Destination, METRIC } from './scripts.ts';
import { Step } from './step.tsx';
import { WebhookForm } from './webhook-form.tsx';

const DESTINATIONS: readonly { readonly value: Destination; readonly label: string }[] = [
  { value: 'nothing', label: 'Do nothing' },
  { value: 'webhook', label: 'Call a webhook' },
];

interface AutomationStepProps {
  readonly entity: string;
  readonly automation: Progress['automation'];
  readonly isNext: boolean;
}

/** Where what fires goes, and the automation itself: by a script, or by hand. */
export function AutomationStep({ entity, automation, isNext }: AutomationStepProps) {
  const [destination, setDestination] = useState<Destination>('nothing');
  const { data: webhook = null } = useQuery(webhookQuery(entity));
  const isReady = destination === 'nothing' || webhook !== null;
  return (
    <Step
      number={3}
      title="Create an automation"
      lead={
        <>
          It fires when <code>{METRIC}</code> falls below 0.1. Choose what it does then; that it fired is kept either
          way.
        </>
      }
      seen={
        automation && (
          <>
            <Link to="/automations/$id" params={{ id: automation.id }}>
              {automation.name}
            </Link>{' '}
            watches the project
          </>
        )
      }
      waiting="Waiting for an automation"
      isNext={isNext}
    >
      <Group>
        <SegmentedControl
          aria-label="What it does"
          data={[...DESTINATIONS]}
          value={destination}
          onChange={(value) => setDestination(value === 'webhook' ? 'webhook' : 'nothing')}
        />
      </Group>
      {destination === 'webhook' && <WebhookForm entity={entity} webhook={webhook} />}
      {isReady && (
        <>
          <CodeBlock code={automationScript(entity, destination)} label="Copy Python" title={AUTOMATION_FILE} />
          <CommandLine text={`python ${AUTOMATION_FILE}`} label="Copy the command" />
          <p>
            Or{' '}
            <Link to="/automations/new" search={{ entity, project: PROJECT, type: 'RUN_METRIC', metric: METRIC }}>
              build it here
            </Link>{' '}
            without code; the metric is filled in.
          </p>
        </>
      )}
    </Step>
  );
}
