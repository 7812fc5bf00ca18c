import { Link } from '@tanstack/react-router';
import { Lock } from 'lucide-react';
import type { ReactNode } from 'react';
import { Empty } from '../../components/empty.tsx';
import { Page, Section } from '../../components/page.tsx';
import { useViewer } from '../../features/account/api/use-viewer.ts';
import { PageTabs } from './page-tabs.tsx';

const PARTS = [
  { to: '/settings/server', title: 'Overview' },
  { to: '/settings/server/users', title: 'Users' },
  { to: '/settings/server/organizations', title: 'Organizations' },
  { to: '/settings/server/audit', title: 'Audit log' },
] as const;

interface ServerFrameProps {
  readonly part: (typeof PARTS)[number]['title'];
  readonly lead: ReactNode;
  readonly actions?: ReactNode;
  readonly children: ReactNode;
}

/** The frame of what the operator looks after: its tabs, and the part that is open. */
export function ServerFrame({ part, lead, actions, children }: ServerFrameProps) {
  if (!useViewer().admin) {
    return (
      <Page title="Server">
        <Empty icon={Lock} title="This is not for you">
          Only instance admins see what the server runs with, and who uses it.
        </Empty>
      </Page>
    );
  }
  return (
    <Page title="Server" within={[part]} lead="For instance admins.">
      <PageTabs label="Parts of the server">
        {PARTS.map(({ to, title }) => (
          <Link key={to} to={to} activeOptions={{ exact: true, includeSearch: false }}>
            {title}
          </Link>
        ))}
      </PageTabs>
      <Section title={part} lead={lead} actions={actions}>
        {children}
      </Section>
    </Page>
  );
}
