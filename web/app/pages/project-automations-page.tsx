import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { Hub } from '../../features/automations/components/hub.tsx';
import { entityQuery } from '../../features/entities/api/get-entity.ts';
import { useLive } from '../../lib/live/use-live.ts';
import { NewButton } from './new-automation-button.tsx';
import { ProjectFrame } from './project-frame.tsx';

const route = getRouteApi('/inside/$entity/$project/automations');

/** The automations that watch a project: its own, those of its collections, and those of all projects around it. */
export function ProjectAutomationsPage() {
  const { entity, project } = route.useParams();
  useLive({ entities: [entity], project });
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const { data: owner } = useQuery(entityQuery(entity));
  const create = <NewButton entity={entity} project={project} />;
  return (
    <ProjectFrame entity={entity} project={project} part="Automations" actions={create}>
      <Hub
        within={`${entity}/${project}`}
        search={search}
        onSearch={(next) => void navigate({ search: next, replace: true })}
        choices={{ projects: [], creators: owner?.members.map(({ username }) => username) ?? [] }}
        create={create}
      />
    </ProjectFrame>
  );
}
