import { Menu } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { Link } from '@tanstack/react-router';
import { Copy, FlaskConical, History, Pencil, Power, Trash2 } from 'lucide-react';
import { RowMenu } from '../../../components/row-menu.tsx';
import { useEnableAutomation } from '../api/enable-automation.ts';
import type { Automation } from '../api/list-automations.ts';
import { DeleteDialog } from './delete-dialog.tsx';

const ICON = { size: 15, 'aria-hidden': true } as const;

/** What can be done to an automation by whoever looks at it. */
export function AutomationMenu({ automation }: { readonly automation: Automation }) {
  const { id, name, entity, mayManage } = automation;
  const [deleting, { open, close }] = useDisclosure(false);
  return (
    <>
      <RowMenu label={`More of ${name}`}>
        {mayManage && (
          <>
            <Menu.Item
              leftSection={<Pencil {...ICON} />}
              renderRoot={(props) => <Link {...props} to="/automations/$id/edit" params={{ id }} />}
            >
              Edit
            </Menu.Item>
            <Menu.Item
              leftSection={<Copy {...ICON} />}
              renderRoot={(props) => <Link {...props} to="/automations/new" search={{ from: id }} />}
            >
              Duplicate
            </Menu.Item>
            <Switch automation={automation} />
          </>
        )}
        <Menu.Item
          leftSection={<FlaskConical {...ICON} />}
          renderRoot={(props) => <Link {...props} to="/automations/$id" params={{ id }} search={{ tab: 'test' }} />}
        >
          Test
        </Menu.Item>
        <Menu.Item
          leftSection={<History {...ICON} />}
          renderRoot={(props) => <Link {...props} to="/automations/history" search={{ entity, automation: name }} />}
        >
          History
        </Menu.Item>
        {mayManage && (
          <>
            <Menu.Divider />
            <Menu.Item c="var(--bad)" leftSection={<Trash2 {...ICON} />} onClick={open}>
              Delete
            </Menu.Item>
          </>
        )}
      </RowMenu>
      {mayManage && <DeleteDialog automation={automation} opened={deleting} onClose={close} onDeleted={close} />}
    </>
  );
}

function Switch({ automation }: { readonly automation: Automation }) {
  const enabling = useEnableAutomation(automation);
  return (
    <Menu.Item leftSection={<Power {...ICON} />} onClick={() => enabling.mutate(!automation.enabled)}>
      {automation.enabled ? 'Disable' : 'Enable'}
    </Menu.Item>
  );
}
