import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { Page } from '../../components/page.tsx';
import { useViewer } from '../../features/account/api/use-viewer.ts';
import { PageTabs } from './page-tabs.tsx';

const PARTS = [
  { to: '/settings', title: 'Account' },
  { to: '/settings/api-keys', title: 'API keys' },
  { to: '/settings/alerts', title: 'Alerts' },
] as const;

interface OwnSettingsProps {
  readonly part: (typeof PARTS)[number]['title'];
  readonly children: ReactNode;
}

/** The frame of what concerns oneself: its tabs, and the part that is open. */
export function OwnSettings({ part, children }: OwnSettingsProps) {
  const { username, email } = useViewer();
  return (
    <Page title="Settings" within={[part]} narrow lead={email === null ? username : `${username} · ${email}`}>
      <PageTabs label="Your settings">
        {PARTS.map(({ to, title }) => (
          <Link key={to} to={to} activeOptions={{ exact: true }}>
            {title}
          </Link>
        ))}
      </PageTabs>
      {children}
    </Page>
  );
}
