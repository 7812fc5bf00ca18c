import { Menu, UnstyledButton, useMantineColorScheme } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { ChevronsUpDown, KeyRound, LogOut, Server, Settings } from 'lucide-react';
import { EntityMark } from '../../../components/entity-mark.tsx';
import { useSignOut } from '../api/sign-out.ts';
import { useViewer } from '../api/use-viewer.ts';
import styles from './user-menu.module.css';

const SCHEMES = [
  { scheme: 'auto', label: 'Colours of the system' },
  { scheme: 'light', label: 'Light' },
  { scheme: 'dark', label: 'Dark' },
] as const;

/** Who one is, and what concerns oneself alone. */
export function UserMenu() {
  const { username, email, session, admin } = useViewer();
  const signOut = useSignOut();
  return (
    <Menu position="top-start" width={248} shadow="md" withinPortal={false} withInitialFocusPlaceholder={false}>
      <Menu.Target>
        <UnstyledButton className={styles.button}>
          <EntityMark name={username} round />
          <span className={styles.name}>{username}</span>
          <ChevronsUpDown size={14} className={styles.hint} aria-hidden />
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{email ?? username}</Menu.Label>
        <Menu.Item leftSection={<Settings size={15} />} component={Link} to="/settings">
          Settings
        </Menu.Item>
        <Menu.Item leftSection={<KeyRound size={15} />} component={Link} to="/settings/api-keys">
          API keys
        </Menu.Item>
        {admin && (
          <Menu.Item leftSection={<Server size={15} />} component={Link} to="/settings/server">
            Server
          </Menu.Item>
        )}
        <Menu.Divider />
        <SchemeChoice />
        {session !== null && (
          <>
            <Menu.Divider />
            <Menu.Item leftSection={<LogOut size={15} />} onClick={() => signOut.mutate(session)}>
              Sign out
            </Menu.Item>
          </>
        )}
      </Menu.Dropdown>
    </Menu>
  );
}

function SchemeChoice() {
  // to hold transitions, the library would write a style into the page, which its policy refuses
  const { colorScheme, setColorScheme } = useMantineColorScheme({ keepTransitions: true });
  return (
    <Menu.RadioGroup value={colorScheme}>
      {SCHEMES.map(({ scheme, label }) => (
        <Menu.RadioItem key={scheme} value={scheme} onChange={() => setColorScheme(scheme)}>
          {label}
        </Menu.RadioItem>
      ))}
    </Menu.RadioGroup>
  );
}
