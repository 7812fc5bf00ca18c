import { NativeSelect, Stack, Text, TextInput } from '@mantine/core';
import { useQueries } from '@tanstack/react-query';
import { type Integration, integrationsQuery } from '../../api/list-integrations.ts';
import { Choice } from './choice.tsx';
import type { ActionDraft, Draft } from './draft.ts';
import { DraftTrial } from './draft-trial.tsx';
import { emptyAction } from './empty-draft.ts';
import { errorAt, type Fault } from './fault.ts';
import { lintMessage, lintPayload } from './lint-template.ts';
import { TemplateField, Warnings } from './template-field.tsx';

const TYPES = { GENERIC_WEBHOOK: 'Webhook', NOTIFICATION: 'Slack notification', NO_OP: 'Do nothing' } as const;
const SEVERITIES = { INFO: 'Info', WARN: 'Warning', ERROR: 'Error' } as const;

interface ActionStepProps {
  readonly draft: Draft;
  readonly entities: readonly string[];
  readonly fault: Fault | undefined;
  readonly edit: (part: Partial<Draft>) => void;
}

/** What an automation does. */
export function ActionStep({ draft, entities, fault, edit }: ActionStepProps) {
  const { action, event } = draft;
  const onChange = (next: ActionDraft) => edit({ action: next });
  const fields = { entities, fault };
  const webhook = useIntegration(entities, 'integrationId' in action ? action.integrationId : '');
  return (
    <Stack>
      <Choice
        label="Action type"
        words={TYPES}
        value={action.type}
        onChange={(type) => onChange(type === action.type ? action : emptyAction(type))}
      />
      {action.type === 'NO_OP' && (
        <Text c="dimmed">Each match becomes an execution that is kept in the history; nothing is sent.</Text>
      )}
      {action.type === 'GENERIC_WEBHOOK' && (
        <>
          <Destination
            {...{ ...fields, kind: 'webhook', value: action.integrationId }}
            onChange={(integrationId) => onChange({ ...action, integrationId })}
          />
          <TemplateField
            label="Payload (JSON)"
            description="Left empty, the default document is sent, with everything that is known of the event."
            placeholder={'{\n  "text": "${run_name}: ${metric_current_status}"\n}'}
            type={event.type}
            value={action.payload}
            error={errorAt(fault, 'payload')}
            linted={lintPayload(action.payload, event.type, webhook)}
            code
            rows={9}
            onChange={(payload) => onChange({ ...action, payload })}
          />
        </>
      )}
      {action.type === 'NOTIFICATION' && (
        <>
          <Destination
            {...{ ...fields, kind: 'slack', value: action.integrationId }}
            onChange={(integrationId) => onChange({ ...action, integrationId })}
          />
          <Choice
            label="Severity"
            words={SEVERITIES}
            value={action.severity}
            onChange={(severity) => onChange({ ...action, severity })}
          />
          <TextInput
            label="Title"
            placeholder="the automation’s name"
            value={action.title}
            error={errorAt(fault, 'title')}
            onChange={({ currentTarget }) => onChange({ ...action, title: currentTarget.value })}
          />
          <Warnings of={lintMessage(action.title, event.type)} />
          <TemplateField
            label="Text"
            description="May hold variables, *bold*, _italics_ and links, as Slack writes them."
            type={event.type}
            value={action.message}
            error={errorAt(fault, 'message')}
            linted={lintMessage(action.message, event.type)}
            rows={5}
            onChange={(message) => onChange({ ...action, message })}
          />
        </>
      )}
      <DraftTrial draft={draft} />
    </Stack>
  );
}

/** The one that is chosen, among those of all entities. */
function useIntegration(entities: readonly string[], id: string): Integration | undefined {
  const lists = useQueries({ queries: entities.map(integrationsQuery) });
  return lists.flatMap(({ data }) => data ?? []).find((each) => each.id === id);
}

interface DestinationProps {
  readonly kind: 'webhook' | 'slack';
  readonly entities: readonly string[];
  readonly value: string;
  readonly fault: Fault | undefined;
  readonly onChange: (id: string) => void;
}

/** An integration, by the team that owns it. */
function Destination({ kind, entities, value, fault, onChange }: DestinationProps) {
  const lists = useQueries({ queries: entities.map(integrationsQuery) });
  const groups = entities.map((group, index) => ({
    group,
    items: (lists[index]?.data ?? [])
      .filter((each) => each.kind === kind)
      .map(({ id, name }) => ({ value: id, label: name })),
  }));
  const some = groups.filter(({ items }) => items.length > 0);
  const noun = kind === 'webhook' ? 'webhook' : 'Slack channel';
  return (
    <NativeSelect
      label={kind === 'webhook' ? 'Webhook' : 'Slack channel'}
      description={some.length === 0 ? `No team of yours has a ${noun} yet.` : undefined}
      value={value}
      error={errorAt(fault, 'integrationId')}
      data={[{ value: '', label: `Choose a ${noun}` }, ...some]}
      onChange={({ currentTarget }) => onChange(currentTarget.value)}
    />
  );
}
