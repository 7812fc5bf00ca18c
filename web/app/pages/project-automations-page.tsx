import { useSuspenseQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { Page } from '../../components/page.tsx';
import { SearchBox } from '../../components/search-box.tsx';
import { Hub } from '../../features/automations/components/hub.tsx';
import { watchesProject } from '../../features/automations/components/scope-words.ts';
import { projectQuery } from '../../features/projects/api/get-project.ts';
import { useLive } from '../../lib/live/use-live.ts';
import { NewButton } from './new-automation-button.tsx';
import { ProjectTabs } from './project-tabs.tsx';

const route = getRouteApi('/inside/$entity/$project/automations');

/** The automations that watch a project: its own, those of its collections, and those of the whole entity. */
export function ProjectAutomationsPage() {
  const { entity, project: name } = route.useParams();
  useLive({ entities: [entity], project: name });
  const { search = '' } = route.useSearch();
  const navigate = route.useNavigate();
  const { data: project } = useSuspenseQuery(projectQuery(entity, name));
  const seek = (text: string) => void navigate({ search: text === '' ? {} : { search: text }, replace: true });
  return (
    <Page
      title={name}
      within={['Automations', entity]}
      lead={project.description ?? undefined}
      actions={
        <>
          <SearchBox label="Search automations" value={search} onChange={seek} />
          <NewButton entity={entity} project={name} />
        </>
      }
    >
      <ProjectTabs entity={entity} project={name} />
      <Hub entities={[entity]} search={search} covers={(automation) => watchesProject(automation, name)} />
    </Page>
  );
}
