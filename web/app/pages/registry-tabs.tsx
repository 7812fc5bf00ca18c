import { Link } from '@tanstack/react-router';
import styles from './project-tabs.module.css';

/** What there is of a registry. */
export function RegistryTabs({ organization, registry }: { readonly organization: string; readonly registry: string }) {
  const params = { organization, registry };
  return (
    <nav className={styles.tabs} aria-label={`Parts of ${registry}`}>
      <Link
        to="/orgs/$organization/registry/$registry"
        params={params}
        className={styles.tab}
        activeOptions={{ exact: true, includeSearch: false }}
      >
        Collections
      </Link>
      <Link
        to="/orgs/$organization/registry/$registry/automations"
        params={params}
        className={styles.tab}
        activeOptions={{ exact: true, includeSearch: false }}
      >
        Automations
      </Link>
      <Link
        to="/orgs/$organization/registry/$registry/automations/history"
        params={params}
        className={styles.tab}
        activeOptions={{ includeSearch: false }}
      >
        Automations history
      </Link>
    </nav>
  );
}
