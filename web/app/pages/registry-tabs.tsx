import { useSuspenseQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { registryQuery } from '../../features/registries/api/get-registry.ts';
import { PageTabs } from './page-tabs.tsx';

/** What there is of a registry, for the viewer. */
export function RegistryTabs({ organization, registry }: { readonly organization: string; readonly registry: string }) {
  const params = { organization, registry };
  const { data } = useSuspenseQuery(registryQuery(organization, registry));
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
      {data.may.includes('see_members') && (
        <Link to="/orgs/$organization/registry/$registry/members" params={params}>
          Members
        </Link>
      )}
      {data.may.includes('manage_project') && (
        <Link to="/orgs/$organization/registry/$registry/settings" params={params}>
          Settings
        </Link>
      )}
    </PageTabs>
  );
}
