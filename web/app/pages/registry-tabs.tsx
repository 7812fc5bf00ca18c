import { Link } from '@tanstack/react-router';
import { PageTabs } from './page-tabs.tsx';

/** What there is of a registry. */
export function RegistryTabs({ organization, registry }: { readonly organization: string; readonly registry: string }) {
  const params = { organization, registry };
  return (
    <PageTabs label={`Parts of ${registry}`}>
      <Link
        to="/orgs/$organization/registry/$registry"
        params={params}
        activeOptions={{ exact: true, includeSearch: false }}
      >
        Collections
      </Link>
      <Link
        to="/orgs/$organization/registry/$registry/automations"
        params={params}
        activeOptions={{ exact: true, includeSearch: false }}
      >
        Automations
      </Link>
      <Link
        to="/orgs/$organization/registry/$registry/automations/history"
        params={params}
        activeOptions={{ includeSearch: false }}
      >
        Automations history
      </Link>
    </PageTabs>
  );
}
