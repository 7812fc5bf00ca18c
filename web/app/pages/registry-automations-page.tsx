import { getRouteApi } from '@tanstack/react-router';
import { REGISTRY_PREFIX } from '../../../src/model/registry-name.ts';
import { SearchBox } from '../../components/search-box.tsx';
import { Hub } from '../../features/automations/components/hub.tsx';
import { watchesProject } from '../../features/automations/components/scope-words.ts';
import { useLive } from '../../lib/live/use-live.ts';
import { NewButton } from './new-automation-button.tsx';
import { RegistryFrame } from './registry-frame.tsx';

const route = getRouteApi('/inside/orgs/$organization/registry/$registry/automations');

/** The automations that watch a registry: its own, those of its collections, and those of the organization. */
export function RegistryAutomationsPage() {
  const { organization, registry } = route.useParams();
  const { search = '' } = route.useSearch();
  const navigate = route.useNavigate();
  const project = REGISTRY_PREFIX + registry;
  useLive({ entities: [organization], project });
  const seek = (text: string) => void navigate({ search: text === '' ? {} : { search: text }, replace: true });
  return (
    <RegistryFrame
      organization={organization}
      registry={registry}
      part="Automations"
      actions={
        <>
          <SearchBox label="Search automations" value={search} onChange={seek} />
          <NewButton entity={organization} project={project} type="LINK_MODEL" />
        </>
      }
    >
      <Hub entities={[organization]} search={search} covers={(automation) => watchesProject(automation, project)} />
    </RegistryFrame>
  );
}
