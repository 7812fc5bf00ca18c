import { getRouteApi } from '@tanstack/react-router';
import { History } from '../../features/executions/components/history.tsx';
import { useLive } from '../../lib/live/use-live.ts';
import { ProjectFrame } from './project-frame.tsx';
import { useFilterChoices } from './use-filter-choices.ts';

const route = getRouteApi('/inside/$entity/$project/automations/history');

/** What automations did about the runs and artifacts of a project. */
export function ProjectHistoryPage() {
  const { entity, project } = route.useParams();
  useLive({ entities: [entity], project });
  const search = route.useSearch();
  const navigate = route.useNavigate();
  return (
    <ProjectFrame entity={entity} project={project} part="History">
      <History
        entity={entity}
        project={project}
        search={search}
        onSearch={(next) => void navigate({ search: next, replace: true })}
        choices={useFilterChoices(entity, project)}
      />
    </ProjectFrame>
  );
}
