import { Link } from '@tanstack/react-router';
import styles from './project-tabs.module.css';

/** Automations, and what they did. */
export function AutomationTabs({ entity }: { readonly entity?: string }) {
  return (
    <nav className={styles.tabs} aria-label="Parts of automations">
      <Link to="/automations" className={styles.tab} activeOptions={{ exact: true, includeSearch: false }}>
        Automations
      </Link>
      <Link
        to="/automations/history"
        search={entity === undefined ? {} : { entity }}
        className={styles.tab}
        activeOptions={{ includeSearch: false }}
      >
        History
      </Link>
    </nav>
  );
}
