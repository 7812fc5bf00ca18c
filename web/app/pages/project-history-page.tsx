import { useSuspenseQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { Page } from '../../components/page.tsx';
import { watchesProject } from '../../features/automations/components/scope-words.ts';
import { History } from '../../features/executions/components/history.tsx';
import { projectQuery } from '../../features/projects/api/get-project.ts';
import { useLive } from '../../lib/live/use-live.ts';
import { ProjectTabs } from './project-tabs.tsx';
import { useFilterChoices } from './use-filter-choices.ts';

const route = getRouteApi('/inside/$entity/$project/automations/history');

/** What automations did about the runs and artifacts of a project. */
export function ProjectHistoryPage() {
  const { entity, project: name } = route.useParams();
  useLive({ entities: [entity], project: name });
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const { data: project } = useSuspenseQuery(projectQuery(entity, name));
  const choices = useFilterChoices(entity, (automation) => watchesProject(automation, name));
  return (
    <Page title={name} within={['History', entity]} lead={project.description ?? undefined}>
      <ProjectTabs entity={entity} project={name} />
      <History
        entity={entity}
        project={name}
        search={search}
        onSearch={(next) => void navigate({ search: next, replace: true })}
        choices={choices}
      />
    </Page>
  );
}
