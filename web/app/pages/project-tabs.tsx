import { Link } from '@tanstack/react-router';
import styles from './project-tabs.module.css';

/** What there is of a project. */
export function ProjectTabs({ entity, project }: { readonly entity: string; readonly project: string }) {
  const params = { entity, project };
  return (
    <nav className={styles.tabs} aria-label={`Parts of ${project}`}>
      <Link
        to="/$entity/$project"
        params={params}
        className={styles.tab}
        activeOptions={{ exact: true, includeSearch: false }}
      >
        Runs
      </Link>
      <Link
        to="/$entity/$project/artifacts"
        params={params}
        className={styles.tab}
        activeOptions={{ exact: true, includeSearch: false }}
      >
        Artifacts
      </Link>
      <Link
        to="/$entity/$project/automations"
        params={params}
        className={styles.tab}
        activeOptions={{ exact: true, includeSearch: false }}
      >
        Automations
      </Link>
      <Link
        to="/$entity/$project/automations/history"
        params={params}
        className={styles.tab}
        activeOptions={{ includeSearch: false }}
      >
        History
      </Link>
    </nav>
  );
}
