import { useQueries } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { DataTable } from '../../../components/data-table.tsx';
import { ErrorPanel } from '../../../components/error-panel.tsx';
import { newestProjects } from '../api/newest-projects.ts';
import { OWNED_PROJECT_COLUMNS } from './project-columns.tsx';

interface NewestProjectsProps {
  readonly entities: readonly string[];
  readonly search: string;
  /** What is shown where there is none. */
  readonly none: ReactNode;
  readonly notFound: ReactNode;
}

/** The projects of some entities, the newest first. */
export function NewestProjects({ entities, search, none, notFound }: NewestProjectsProps) {
  const { rows, error, retry } = useQueries(newestProjects(entities));
  if (error !== null) return <ErrorPanel error={error} retry={retry} />;
  const sought = search.trim().toLowerCase();
  const found = rows?.filter(({ entity, name }) => `${entity}/${name}`.toLowerCase().includes(sought));
  return (
    <DataTable
      label="Projects"
      columns={OWNED_PROJECT_COLUMNS}
      rows={found}
      keyOf={({ id }) => id}
      empty={rows?.length === 0 ? none : notFound}
    />
  );
}
