import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { Archive } from 'lucide-react';
import { Empty } from '../../components/empty.tsx';
import { EntityMark } from '../../components/entity-mark.tsx';
import { Page, Section } from '../../components/page.tsx';
import { SearchBox } from '../../components/search-box.tsx';
import { useViewer } from '../../features/account/api/use-viewer.ts';
import { FoundArtifacts } from '../../features/artifacts/components/found-artifacts.tsx';
import { entityQuery } from '../../features/entities/api/get-entity.ts';
import { NewRegistry } from '../../features/registries/components/new-registry.tsx';
import { RegistryTable } from '../../features/registries/components/registry-table.tsx';
import { useLive } from '../../lib/live/use-live.ts';
import { useSettled } from '../../lib/use-settled.ts';

const route = getRouteApi('/inside/registries');

/** The registries of every organization that one belongs to; a search looks into all of them. */
export function RegistriesPage() {
  const organizations = useViewer().entities.filter(({ kind }) => kind === 'organization');
  useLive({ entities: organizations.map(({ name }) => name) });
  const { search = '' } = route.useSearch();
  const navigate = route.useNavigate();
  const settled = useSettled(search);
  return (
    <Page
      title="Registries"
      lead="Versions that whole organizations rely on, with roles and protected aliases."
      actions={
        organizations.length > 0 && (
          <SearchBox
            label="Search all registries"
            value={search}
            onChange={(text) => void navigate({ search: text === '' ? {} : { search: text }, replace: true })}
          />
        )
      }
    >
      {organizations.length === 0 && (
        <Empty icon={Archive} title="No organization">
          Registries belong to organizations. Ask an admin of yours to add you to it.
        </Empty>
      )}
      {organizations.map(({ name }) => (
        <Section key={name} title={name} mark={<EntityMark name={name} />} actions={<NewButton organization={name} />}>
          {settled.trim() === '' ? (
            <RegistryTable organization={name} />
          ) : (
            <FoundArtifacts organization={name} search={settled} />
          )}
        </Section>
      ))}
    </Page>
  );
}

/** Not there where one may make none. */
function NewButton({ organization }: { readonly organization: string }) {
  const { data } = useQuery(entityQuery(organization));
  const navigate = route.useNavigate();
  if (data?.may.includes('manage_project') !== true) return null;
  return (
    <NewRegistry
      organization={organization}
      onCreated={(registry) =>
        void navigate({ to: '/orgs/$organization/registry/$registry', params: { organization, registry } })
      }
    />
  );
}
