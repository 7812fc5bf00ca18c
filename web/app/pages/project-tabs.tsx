import { Link } from '@tanstack/react-router';
import { PageTabs } from './page-tabs.tsx';

/** What there is of a project. */
export function ProjectTabs({ entity, project }: { readonly entity: string; readonly project: string }) {
  const params = { entity, project };
  return (
    <PageTabs label={`Parts of ${project}`}>
      <Link to="/$entity/$project" params={params} activeOptions={{ exact: true, includeSearch: false }}>
        Runs
      </Link>
      <Link to="/$entity/$project/workspace" params={params} activeOptions={{ includeSearch: false }}>
        Workspace
      </Link>
      <Link to="/$entity/$project/artifacts" params={params} activeOptions={{ exact: true, includeSearch: false }}>
        Artifacts
      </Link>
      <Link to="/$entity/$project/automations" params={params} activeOptions={{ exact: true, includeSearch: false }}>
        Automations
      </Link>
      <Link to="/$entity/$project/automations/history" params={params} activeOptions={{ includeSearch: false }}>
        History
      </Link>
    </PageTabs>
  );
}
