import { useSuspenseQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { Page } from '../../components/page.tsx';
import { SearchBox } from '../../components/search-box.tsx';
import { projectQuery } from '../../features/projects/api/get-project.ts';
import { RunTable } from '../../features/runs/components/run-table.tsx';
import { useLive } from '../../lib/live/use-live.ts';
import { useSettled } from '../../lib/use-settled.ts';
import { ProjectTabs } from './project-tabs.tsx';

const route = getRouteApi('/inside/$entity/$project');

/** A project: its runs. */
export function ProjectPage() {
  const { entity, project: name } = route.useParams();
  useLive({ entities: [entity], project: name });
  const { search = '' } = route.useSearch();
  const navigate = route.useNavigate();
  const { data: project } = useSuspenseQuery(projectQuery(entity, name));
  const seek = (text: string) => void navigate({ search: text === '' ? {} : { search: text }, replace: true });
  return (
    <Page
      title={name}
      within={[entity]}
      lead={project.description ?? undefined}
      actions={<SearchBox label="Search runs" value={search} onChange={seek} />}
    >
      <ProjectTabs entity={entity} project={name} />
      <RunTable entity={entity} project={name} search={useSettled(search)} />
    </Page>
  );
}
