import { Button, Group, Stack, Switch } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { FormFault } from '../../../components/form-fault.tsx';
import { Panel } from '../../../components/panel.tsx';
import { TypedTags } from '../../../components/typed-tags.tsx';
import { fieldFaults } from '../../../lib/api/field-faults.ts';
import { doAndLeave } from '../../../lib/do-and-leave.ts';
import { tellDone } from '../../../lib/notices.ts';
import { useChangeRegistry } from '../api/change-registry.ts';
import type { Registry } from '../api/list-registries.ts';
import { ForeignChanges } from './foreign-changes.tsx';
import { RegistryFields } from './registry-fields.tsx';
import { draftOf, rebased, type Settings, takingTheirs } from './settings-draft.ts';

interface RegistrySettingsProps {
  readonly organization: string;
  readonly registry: Registry;
  readonly onRenamed: (name: string) => void;
}

/** What a registry's admins decide for it. */
export function RegistrySettings({ organization, registry, onRenamed }: RegistrySettingsProps) {
  const [draft, setDraft] = useState(() => draftOf(registry));
  const [types, setTypes] = useState<string[]>([]);
  const change = useChangeRegistry(organization, registry);
  const faults = fieldFaults(change.error, ['name', 'aliases', 'protectedAliases', 'artifactTypeName']);
  // somebody else has saved meanwhile
  if (draft.revision !== registry.revision) setDraft(rebased(draft, registry));
  const { mine, changes, revision } = draft;
  const set = (part: Partial<Settings>) => setDraft({ ...draft, mine: { ...mine, ...part } });
  const name = mine.name.trim();
  const isRenamed = name !== registry.name;
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    const asked = {
      description: mine.description.trim(),
      visibility: mine.visibility,
      allowAllArtifactTypes: mine.allowsAll,
      artifactTypes: types,
      protectedAliases: [...mine.protectedAliases],
      revision,
      ...(isRenamed ? { name } : {}),
    };
    doAndLeave(change, asked, {
      tell: () => tellDone('The settings are saved.'),
      leave: (changed) => {
        setTypes([]);
        setDraft((latest) => ({ ...latest, changes: [] }));
        if (isRenamed) onRenamed(changed.name);
      },
    });
  };
  return (
    <Panel>
      <form onSubmit={submit} onChange={() => change.reset()}>
        <Stack>
          <ForeignChanges
            organization={organization}
            changes={changes}
            onTake={(taken) => setDraft(takingTheirs(draft, taken))}
          />
          <RegistryFields
            organization={organization}
            about={mine}
            nameHint="Code that names the registry must name it anew when this changes."
            nameFault={faults.at('name')}
            onChange={set}
          />
          <Switch
            label="Takes artifacts of every type"
            checked={mine.allowsAll}
            onChange={(event) => set({ allowsAll: event.currentTarget.checked })}
          />
          {!mine.allowsAll && (
            <TypedTags
              label="Further types"
              description={`Allowed now: ${registry.artifactTypes.join(', ') || 'none'}. What was allowed, or is in use, stays.`}
              inputWrapperOrder={['label', 'input', 'error', 'description']}
              value={types}
              onChange={setTypes}
              error={faults.at('artifactTypeName')}
            />
          )}
          <TypedTags
            label="Protected aliases"
            description="Given and taken by admins of the registry only; automations can wait for them. Enter adds one."
            inputWrapperOrder={['label', 'input', 'error', 'description']}
            value={[...mine.protectedAliases]}
            onChange={(protectedAliases) => set({ protectedAliases })}
            error={faults.at('protectedAliases') ?? faults.at('aliases')}
          />
          <FormFault message={faults.whole} />
          <Group justify="flex-end">
            <Button type="submit" loading={change.isPending} disabled={name === ''}>
              Save settings
            </Button>
          </Group>
        </Stack>
      </form>
    </Panel>
  );
}
