import { Menu } from '@mantine/core';
import { CirclePause, PencilLine, Trash2 } from 'lucide-react';
import type { ReactNode } from 'react';
import { RowMenu } from '../../../../components/row-menu.tsx';
import { messageOf } from '../../../../lib/api/api-error.ts';
import type { Integration } from '../../../../lib/api/integrations-query.ts';
import { tellDone, tellError } from '../../../../lib/notices.ts';
import { useChangeIntegration } from '../../api/change-integration.ts';
import type { OpenDialog } from './dialog.ts';

interface IntegrationMenuProps {
  readonly entity: string;
  readonly integration: Integration;
  readonly onDialog: OpenDialog;
  /** What only this kind has. */
  readonly children?: ReactNode;
}

/** What can be done with an integration besides testing it. */
export function IntegrationMenu({ entity, integration, onDialog, children }: IntegrationMenuProps) {
  const { id, name, disabled } = integration;
  const change = useChangeIntegration(entity, id);
  const disable = () =>
    change.mutate(
      { enabled: false },
      {
        onSuccess: () => tellDone(`“${name}” is disabled: what is due meanwhile is skipped.`),
        onError: (error) => tellError(messageOf(error)),
      },
    );
  return (
    <RowMenu label={`More for ${name}`}>
      <Menu.Item leftSection={<PencilLine size={15} />} onClick={() => onDialog({ open: 'edit', id })}>
        Edit
      </Menu.Item>
      {children}
      {disabled === null && (
        <Menu.Item leftSection={<CirclePause size={15} />} onClick={disable}>
          Disable
        </Menu.Item>
      )}
      <Menu.Divider />
      <Menu.Item c="var(--bad)" leftSection={<Trash2 size={15} />} onClick={() => onDialog({ open: 'delete', id })}>
        Delete
      </Menu.Item>
    </RowMenu>
  );
}
