import { Stack, Switch, Textarea, TextInput } from '@mantine/core';
import type { Draft } from './draft.ts';
import { errorAt, type Fault } from './fault.ts';
import { OptionFields } from './option-fields.tsx';

interface DetailsStepProps {
  readonly draft: Draft;
  readonly fault: Fault | undefined;
  readonly edit: (part: Partial<Draft>) => void;
}

/** What an automation is called, and how often it may fire. */
export function DetailsStep({ draft, fault, edit }: DetailsStepProps) {
  return (
    <Stack>
      <TextInput
        label="Name"
        value={draft.name}
        maxLength={255}
        error={errorAt(fault, 'name')}
        onChange={({ currentTarget }) => edit({ name: currentTarget.value })}
      />
      <Textarea
        label="Description"
        rows={2}
        value={draft.description}
        error={errorAt(fault, 'description')}
        onChange={({ currentTarget }) => edit({ description: currentTarget.value })}
      />
      <Switch
        label="Enabled"
        checked={draft.enabled}
        onChange={({ currentTarget }) => edit({ enabled: currentTarget.checked })}
      />
      <OptionFields
        event={draft.event}
        options={draft.options}
        fault={fault}
        onChange={(part) => edit({ options: { ...draft.options, ...part } })}
      />
    </Stack>
  );
}
