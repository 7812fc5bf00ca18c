import { getRouteApi } from '@tanstack/react-router';
import { Package } from 'lucide-react';
import { CommandLine } from '../../components/command-line.tsx';
import { Empty } from '../../components/empty.tsx';
import { SearchBox } from '../../components/search-box.tsx';
import { CollectionTable } from '../../features/artifacts/components/collection-table.tsx';
import { TypeFilter } from '../../features/artifacts/components/type-filter.tsx';
import { useLive } from '../../lib/live/use-live.ts';
import { useSettled } from '../../lib/use-settled.ts';
import type { CollectionsSearch } from '../artifact-search.ts';
import { ProjectFrame } from './project-frame.tsx';

const route = getRouteApi('/inside/$entity/$project/artifacts');

/** The artifact collections of a project, by type. */
export function ProjectArtifactsPage() {
  const { entity, project: name } = route.useParams();
  const { search = '', type } = route.useSearch();
  const navigate = route.useNavigate();
  useLive({ entities: [entity], project: name });
  const seek = (part: CollectionsSearch) =>
    void navigate({ search: (before) => ({ ...before, ...part }), replace: true });
  return (
    <ProjectFrame
      entity={entity}
      project={name}
      part="Artifacts"
      actions={
        <SearchBox label="Search collections" value={search} onChange={(text) => seek({ search: text || undefined })} />
      }
    >
      <TypeFilter entity={entity} project={name} type={type} onChange={(next) => seek({ type: next })} />
      <CollectionTable entity={entity} project={name} search={useSettled(search)} type={type} none={<NoArtifacts />} />
    </ProjectFrame>
  );
}

function NoArtifacts() {
  const line = 'run.log_artifact("model.pt", name="my-model", type="model")';
  return (
    <Empty icon={Package} title="No artifacts yet" action={<CommandLine text={line} label="Copy the line" />}>
      A collection appears with the first version that a run logs to it.
    </Empty>
  );
}
