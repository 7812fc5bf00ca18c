import { getRouteApi } from '@tanstack/react-router';
import { SearchBox } from '../../components/search-box.tsx';
import { RunTable } from '../../features/runs/components/run-table.tsx';
import { useLive } from '../../lib/live/use-live.ts';
import { useSettled } from '../../lib/use-settled.ts';
import { ProjectFrame } from './project-frame.tsx';

const route = getRouteApi('/inside/$entity/$project');

/** A project: its runs. */
export function ProjectPage() {
  const { entity, project } = route.useParams();
  useLive({ entities: [entity], project });
  const { search = '' } = route.useSearch();
  const navigate = route.useNavigate();
  const seek = (text: string) => void navigate({ search: text === '' ? {} : { search: text }, replace: true });
  return (
    <ProjectFrame
      entity={entity}
      project={project}
      actions={<SearchBox label="Search runs" value={search} onChange={seek} />}
    >
      <RunTable entity={entity} project={project} search={useSettled(search)} />
    </ProjectFrame>
  );
}
