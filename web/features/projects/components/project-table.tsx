import { useInfiniteQuery } from '@tanstack/react-query';
import { FolderOpen } from 'lucide-react';
import { CommandLine } from '../../../components/command-line.tsx';
import { DataTable } from '../../../components/data-table.tsx';
import { Empty } from '../../../components/empty.tsx';
import { ErrorPanel } from '../../../components/error-panel.tsx';
import { MoreButton } from '../../../components/more-button.tsx';
import { projectsQuery } from '../api/list-projects.ts';
import { PROJECT_COLUMNS } from './project-columns.tsx';

/** The projects of an entity. */
export function ProjectTable({ entity }: { readonly entity: string }) {
  const list = useInfiniteQuery(projectsQuery(entity));
  if (list.error !== null) return <ErrorPanel error={list.error} retry={list.refetch} />;
  const line = `wandb.init(entity="${entity}", project="my-project")`;
  const empty = (
    <Empty icon={FolderOpen} title="No projects yet" action={<CommandLine text={line} label="Copy the line" />}>
      A project appears as soon as a run is logged to it.
    </Empty>
  );
  const label = `Projects of ${entity}`;
  return (
    <>
      <DataTable label={label} columns={PROJECT_COLUMNS} rows={list.data} keyOf={({ id }) => id} empty={empty} />
      <MoreButton list={list} />
    </>
  );
}
