import { Button } from '@mantine/core';
import { Plus } from 'lucide-react';
import type { ReactNode } from 'react';
import { useMay } from '../../features/entities/api/use-may.ts';
import { EntitySettings } from './entity-settings.tsx';
import type { SettingsPart } from './settings-parts.ts';

interface ManagedSettingsProps {
  readonly entity: string;
  readonly part: SettingsPart;
  readonly lead: string;
  /** What the button says that adds one. */
  readonly add: string;
  readonly onAdd: () => void;
  /** @param manages whether the viewer may change what is there */
  readonly children: (manages: boolean) => ReactNode;
}

/** A part of an entity's settings that integrations are made of: all may look, admins add and change. */
export function ManagedSettings({ entity, part, lead, add, onAdd, children }: ManagedSettingsProps) {
  const manages = useMay(entity, 'manage_integrations');
  const button = (
    <Button leftSection={<Plus size={16} />} onClick={onAdd}>
      {add}
    </Button>
  );
  return (
    <EntitySettings entity={entity} part={part} lead={lead} actions={manages && button}>
      {children(manages)}
    </EntitySettings>
  );
}
