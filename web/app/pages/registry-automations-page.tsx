import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { REGISTRY_PREFIX } from '../../../src/model/registry-name.ts';
import { Hub } from '../../features/automations/components/hub.tsx';
import { entityQuery } from '../../features/entities/api/get-entity.ts';
import { NewButton } from './new-automation-button.tsx';
import { RegistryFrame } from './registry-frame.tsx';

const route = getRouteApi('/inside/orgs/$organization/registry/$registry/automations');

/** The automations that watch a registry: its own, those of its collections, and those of the organization. */
export function RegistryAutomationsPage() {
  const { organization, registry } = route.useParams();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const { data: owner } = useQuery(entityQuery(organization));
  const project = REGISTRY_PREFIX + registry;
  const create = <NewButton entity={organization} project={project} type="LINK_MODEL" />;
  return (
    <RegistryFrame organization={organization} registry={registry} part="Automations" actions={create}>
      <Hub
        within={`${organization}/${project}`}
        search={search}
        onSearch={(next) => void navigate({ search: next, replace: true })}
        choices={{ projects: [], creators: owner?.members.map(({ username }) => username) ?? [] }}
        create={create}
      />
    </RegistryFrame>
  );
}
