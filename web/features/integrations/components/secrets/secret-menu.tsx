import { Menu } from '@mantine/core';
import { ShieldCheck, Trash2 } from 'lucide-react';
import { RowMenu } from '../../../../components/row-menu.tsx';
import type { OpenSecretDialog } from './secret-dialog.ts';

interface SecretMenuProps {
  readonly name: string;
  readonly onDialog: OpenSecretDialog;
}

/** What can be done with a secret besides giving it another value. */
export function SecretMenu({ name, onDialog }: SecretMenuProps) {
  return (
    <RowMenu label={`More for ${name}`}>
      <Menu.Item leftSection={<ShieldCheck size={15} />} onClick={() => onDialog({ open: 'access', name })}>
        Access
      </Menu.Item>
      <Menu.Divider />
      <Menu.Item c="var(--bad)" leftSection={<Trash2 size={15} />} onClick={() => onDialog({ open: 'delete', name })}>
        Delete
      </Menu.Item>
    </RowMenu>
  );
}
