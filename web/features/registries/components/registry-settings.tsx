import { Button, Group, Stack, Switch, TagsInput, Textarea, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { FormFault } from '../../../components/form-fault.tsx';
import { Panel } from '../../../components/panel.tsx';
import { fieldFaults } from '../../../lib/api/field-faults.ts';
import { tellDone } from '../../../lib/notices.ts';
import { useChangeRegistry, type Visibility } from '../api/change-registry.ts';
import type { Registry } from '../api/list-registries.ts';
import { VisibilityField } from './new-registry.tsx';

interface RegistrySettingsProps {
  readonly organization: string;
  readonly registry: Registry;
  readonly onRenamed: (name: string) => void;
}

/** What a registry's admins decide for it. */
export function RegistrySettings({ organization, registry, onRenamed }: RegistrySettingsProps) {
  const [name, setName] = useState(registry.name);
  const [description, setDescription] = useState(registry.description ?? '');
  const [visibility, setVisibility] = useState<Visibility>(
    registry.visibility === 'Restricted' ? 'Restricted' : 'Team',
  );
  const [allowsAll, setAllowsAll] = useState(registry.allowAllArtifactTypes);
  const [types, setTypes] = useState<string[]>([]);
  const [protectedAliases, setProtected] = useState(registry.protectedAliases);
  const change = useChangeRegistry(organization, registry);
  const faults = fieldFaults(change.error, ['name', 'aliases', 'protectedAliases', 'artifactTypeName']);
  const isRenamed = name.trim() !== registry.name;
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    change.mutate(
      {
        description: description.trim(),
        visibility,
        allowAllArtifactTypes: allowsAll,
        artifactTypes: types,
        protectedAliases,
        ...(isRenamed ? { name: name.trim() } : {}),
      },
      {
        onSuccess: (changed) => {
          tellDone('The settings are saved.');
          setTypes([]);
          if (isRenamed) onRenamed(changed.name);
        },
      },
    );
  };
  return (
    <Panel>
      <form onSubmit={submit} onChange={() => change.reset()}>
        <Stack>
          <TextInput
            label="Name"
            description="Code that names the registry must name it anew when this changes."
            inputWrapperOrder={['label', 'input', 'error', 'description']}
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
            error={faults.at('name')}
            autoComplete="off"
          />
          <Textarea
            label="Description"
            autosize
            minRows={2}
            value={description}
            onChange={(event) => setDescription(event.currentTarget.value)}
          />
          <VisibilityField organization={organization} value={visibility} onChange={setVisibility} />
          <Switch
            label="Takes artifacts of every type"
            checked={allowsAll}
            onChange={(event) => setAllowsAll(event.currentTarget.checked)}
          />
          {!allowsAll && (
            <TagsInput
              label="Further types"
              description={`Allowed now: ${registry.artifactTypes.join(', ') || 'none'}. What was allowed, or is in use, stays.`}
              inputWrapperOrder={['label', 'input', 'error', 'description']}
              value={types}
              onChange={setTypes}
              error={faults.at('artifactTypeName')}
            />
          )}
          <TagsInput
            label="Protected aliases"
            description="Given and taken by admins of the registry only; automations can wait for them. Enter adds one."
            inputWrapperOrder={['label', 'input', 'error', 'description']}
            value={protectedAliases}
            onChange={setProtected}
            error={faults.at('protectedAliases') ?? faults.at('aliases')}
          />
          <FormFault message={faults.whole} />
          <Group justify="flex-end">
            <Button type="submit" loading={change.isPending} disabled={name.trim() === ''}>
              Save settings
            </Button>
          </Group>
        </Stack>
      </form>
    </Panel>
  );
}
