import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { SearchX } from 'lucide-react';
import type { ReactNode } from 'react';
import { type Column, DataTable } from '../../../components/data-table.tsx';
import { Empty } from '../../../components/empty.tsx';
import { ErrorPanel } from '../../../components/error-panel.tsx';
import { MoreButton } from '../../../components/more-button.tsx';
import { RowLink } from '../../../components/row-link.tsx';
import { Time } from '../../../components/time.tsx';
import { type ArtifactCollection, type CollectionSearch, collectionsQuery } from '../api/list-collections.ts';
import { Labels } from './labels.tsx';

interface CollectionTableProps extends CollectionSearch {
  readonly entity: string;
  readonly project: string;
  /** What is shown where there is none at all. */
  readonly none: ReactNode;
}

/** The artifact collections of a project or registry. */
export function CollectionTable({ entity, project, none, ...sought }: CollectionTableProps) {
  const list = useInfiniteQuery(collectionsQuery(entity, project, sought));
  if (list.error !== null) return <ErrorPanel error={list.error} retry={list.refetch} />;
  const isNarrowed = sought.search !== '' || sought.type !== undefined;
  return (
    <>
      <DataTable
        label="Artifact collections"
        columns={columnsOf(entity, project)}
        rows={list.data}
        keyOf={({ id }) => id}
        empty={isNarrowed ? <NothingFound /> : none}
      />
      <MoreButton list={list} />
    </>
  );
}

function columnsOf(entity: string, project: string): Column<ArtifactCollection>[] {
  return [
    {
      key: 'name',
      title: 'Collection',
      wide: true,
      cell: ({ name, type, description }) => (
        <RowLink hint={description}>
          <Link to="/$entity/$project/artifacts/$type/$collection" params={{ entity, project, type, collection: name }}>
            {name}
          </Link>
        </RowLink>
      ),
    },
    { key: 'type', title: 'Type', cell: ({ type }) => type },
    { key: 'versions', title: 'Versions', numeric: true, cell: ({ versions }) => versions.toLocaleString('en') },
    { key: 'newest', title: 'Newest', cell: ({ newest }) => newest },
    { key: 'tags', title: 'Tags', bare: true, cell: ({ tags }) => <Labels tags={tags} /> },
    { key: 'changed', title: 'Changed', cell: ({ updatedAt }) => <Time at={updatedAt} /> },
  ];
}

function NothingFound() {
  return (
    <Empty icon={SearchX} title="No collection matches">
      The search looks at names, descriptions and tags.
    </Empty>
  );
}
