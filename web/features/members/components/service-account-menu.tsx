import { ActionIcon, Menu } from '@mantine/core';
import { Ellipsis, KeyRound, Pencil, Trash2 } from 'lucide-react';
import { useState } from 'react';
import type { ServiceAccount } from '../api/service-accounts.ts';
import { DeleteServiceAccount, RenameServiceAccount, RotateServiceKey } from './service-account-dialogs.tsx';

const DEEDS = {
  rename: { label: 'Rename…', icon: Pencil, dialog: RenameServiceAccount },
  rotate: { label: 'New key…', icon: KeyRound, dialog: RotateServiceKey },
  remove: { label: 'Remove…', icon: Trash2, dialog: DeleteServiceAccount },
} as const;

interface ServiceAccountMenuProps {
  readonly entity: string;
  readonly account: ServiceAccount;
}

/** What can be done with a service account. */
export function ServiceAccountMenu({ entity, account }: ServiceAccountMenuProps) {
  const [chosen, choose] = useState<keyof typeof DEEDS>();
  const Dialog = chosen === undefined ? undefined : DEEDS[chosen].dialog;
  return (
    <>
      <Menu position="bottom-end">
        <Menu.Target>
          <ActionIcon variant="subtle" color="gray" aria-label={`Change ${account.description}`}>
            <Ellipsis size={18} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          {(['rename', 'rotate', 'remove'] as const).map((deed) => {
            const { label, icon: Icon } = DEEDS[deed];
            return (
              <Menu.Item key={deed} leftSection={<Icon size={15} aria-hidden />} onClick={() => choose(deed)}>
                {label}
              </Menu.Item>
            );
          })}
        </Menu.Dropdown>
      </Menu>
      {Dialog !== undefined && <Dialog entity={entity} account={account} onClose={() => choose(undefined)} />}
    </>
  );
}
