import { getRouteApi } from '@tanstack/react-router';
import { REGISTRY_PREFIX } from '../../../src/model/registry-name.ts';
import { History } from '../../features/executions/components/history.tsx';
import { RegistryFrame } from './registry-frame.tsx';
import { useFilterChoices } from './use-filter-choices.ts';

const route = getRouteApi('/inside/orgs/$organization/registry/$registry/automations/history');

/** What automations did about the versions and collections of a registry. */
export function RegistryHistoryPage() {
  const { organization, registry } = route.useParams();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const project = REGISTRY_PREFIX + registry;
  return (
    <RegistryFrame organization={organization} registry={registry} part="Automations history">
      <History
        entity={organization}
        project={project}
        search={search}
        onSearch={(next) => void navigate({ search: next, replace: true })}
        choices={useFilterChoices(organization, project)}
      />
    </RegistryFrame>
  );
}
