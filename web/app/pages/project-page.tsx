import { useSuspenseQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { SearchBox } from '../../components/search-box.tsx';
import { projectQuery } from '../../features/projects/api/get-project.ts';
import type { RunsSearch } from '../../features/runs/api/runs-search.ts';
import { RunTable } from '../../features/runs/components/run-table.tsx';
import { useLive } from '../../lib/live/use-live.ts';
import { useSettled } from '../../lib/use-settled.ts';
import { ProjectFrame } from './project-frame.tsx';

const route = getRouteApi('/inside/$entity/$project');

/** A project: its runs. */
export function ProjectPage() {
  const place = route.useParams();
  useLive({ entities: [place.entity], project: place.project });
  const { data } = useSuspenseQuery(projectQuery(place.entity, place.project));
  const { search: text = '', ...search } = route.useSearch();
  const settled = useSettled(text);
  const navigate = route.useNavigate();
  const withText = (next: string) => (next === '' ? search : { ...search, search: next });
  const seek = (next: RunsSearch) => void navigate({ search: next, replace: true });
  return (
    <ProjectFrame
      {...place}
      actions={<SearchBox label="Search runs" value={text} onChange={(next) => seek(withText(next))} />}
    >
      <RunTable
        place={place}
        search={settled === '' ? search : { ...search, search: settled }}
        onSearch={seek}
        mayChange={data.may.includes('log')}
      />
    </ProjectFrame>
  );
}
