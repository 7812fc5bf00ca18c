import { Link, useParams, useRouterState } from '@tanstack/react-router';
import { ChevronRight } from 'lucide-react';
import { useAutomationCrumbs } from './automation-crumbs.tsx';
import styles from './breadcrumbs.module.css';
import { usePlaceCrumbs } from './place-crumbs.tsx';

const PAGES: Readonly<Record<string, string>> = {
  '/': 'Home',
  '/authorize': 'Connect a machine',
  '/automations': 'Automations',
  '/registries': 'Registries',
  '/settings': 'Settings',
  '/welcome': 'First steps',
  '/settings/server': 'Server',
};

/** The parts of one's own settings, and of the server's. */
const PARTS: Readonly<Record<string, string>> = {
  '/settings/api-keys': 'API keys',
  '/settings/alerts': 'Alerts',
  '/settings/server/users': 'Users',
  '/settings/server/organizations': 'Organizations',
  '/settings/server/audit': 'Audit log',
};

/** Where one is, and the way up. */
export function Breadcrumbs() {
  const { entity, project, registry, collection } = useParams({ strict: false });
  const path = useRouterState({ select: ({ location }) => location.pathname });
  const crumbs = [...usePlaceCrumbs(), ...useAutomationCrumbs()];
  if (entity !== undefined && path.startsWith(`/${entity}/settings/`)) crumbs.push('Settings');
  const within = collection === undefined ? (project ?? registry) : undefined;
  if (within !== undefined && path.endsWith('/artifacts')) crumbs.push('Artifacts');
  if (within !== undefined && path.endsWith('/automations')) crumbs.push('Automations');
  if (path.endsWith('/automations/history'))
    crumbs.push(within === undefined ? <Link to="/automations">Automations</Link> : 'Automations', 'History');
  if (path.startsWith('/settings/server/')) crumbs.push(<Link to="/settings/server">Server</Link>);
  else if (path.startsWith('/settings/') && path !== '/settings/server')
    crumbs.push(<Link to="/settings">Settings</Link>);
  const part = PARTS[path];
  if (part !== undefined) crumbs.push(part);
  const fixed = PAGES[path];
  if (crumbs.length === 0 && fixed !== undefined) crumbs.push(fixed);
  return (
    <ol className={styles.crumbs}>
      {crumbs.map((crumb, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a crumb is its place in the way
        <li key={index} className={styles.crumb} aria-current={index === crumbs.length - 1 ? 'page' : undefined}>
          {index > 0 && <ChevronRight size={14} className={styles.arrow} aria-hidden />}
          <span className={styles.name}>{crumb}</span>
        </li>
      ))}
    </ol>
  );
}
