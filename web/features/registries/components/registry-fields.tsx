import { Radio, Stack, Textarea, TextInput } from '@mantine/core';
import type { Visibility } from '../api/change-registry.ts';

/** What a registry is called, what it is for, and who sees it, as somebody writes it. */
export interface RegistryAbout {
  readonly name: string;
  readonly description: string;
  readonly visibility: Visibility;
}

interface RegistryFieldsProps {
  readonly organization: string;
  readonly about: RegistryAbout;
  /** What to know of the name. */
  readonly nameHint: string;
  readonly nameFault: string | undefined;
  readonly autoFocus?: boolean;
  readonly onChange: (about: RegistryAbout) => void;
}

/** The first fields of a registry, of a new one and of one that is there. */
export function RegistryFields({
  organization,
  about,
  nameHint,
  nameFault,
  autoFocus = false,
  onChange,
}: RegistryFieldsProps) {
  return (
    <>
      <TextInput
        label="Name"
        description={nameHint}
        inputWrapperOrder={['label', 'input', 'error', 'description']}
        value={about.name}
        onChange={(event) => onChange({ ...about, name: event.currentTarget.value })}
        error={nameFault}
        autoComplete="off"
        required
        withAsterisk={false}
        {...(autoFocus ? { 'data-autofocus': true } : {})}
      />
      <Textarea
        label="Description"
        autosize
        minRows={2}
        value={about.description}
        onChange={(event) => onChange({ ...about, description: event.currentTarget.value })}
      />
      <Radio.Group
        label="Seen by"
        value={about.visibility}
        onChange={(next) => onChange({ ...about, visibility: next === 'Restricted' ? 'Restricted' : 'Team' })}
      >
        <Stack gap="xs" mt="xs">
          <Radio value="Team" label={visibilityWords('Team', organization)} />
          <Radio value="Restricted" label={visibilityWords('Restricted', organization)} />
        </Stack>
      </Radio.Group>
    </>
  );
}

/** By whom a registry is seen. */
export function visibilityWords(visibility: Visibility, organization: string): string {
  return visibility === 'Team' ? `everybody in ${organization}` : 'people and teams who are invited';
}
