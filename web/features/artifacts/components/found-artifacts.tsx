import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { SearchX } from 'lucide-react';
import { type Column, DataTable } from '../../../components/data-table.tsx';
import { Empty } from '../../../components/empty.tsx';
import { ErrorPanel } from '../../../components/error-panel.tsx';
import { MoreButton } from '../../../components/more-button.tsx';
import { RowLink } from '../../../components/row-link.tsx';
import { Time } from '../../../components/time.tsx';
import {
  type FoundCollection,
  type FoundVersion,
  foundCollectionsQuery,
  foundVersionsQuery,
} from '../api/find-artifacts.ts';
import { Labels } from './labels.tsx';

interface FoundArtifactsProps {
  readonly organization: string;
  readonly search: string;
}

/** Collections and versions in all registries of an organization that a search finds. */
export function FoundArtifacts({ organization, search }: FoundArtifactsProps) {
  const collections = useInfiniteQuery(foundCollectionsQuery(organization, search));
  const versions = useInfiniteQuery(foundVersionsQuery(organization, search));
  const error = collections.error ?? versions.error;
  if (error !== null) {
    return <ErrorPanel error={error} retry={() => Promise.all([collections.refetch(), versions.refetch()])} />;
  }
  if (collections.data?.length === 0 && versions.data?.length === 0) {
    return (
      <Empty icon={SearchX} title="Nothing matches">
        The search looks at names, descriptions and tags of collections, and at aliases and tags of versions.
      </Empty>
    );
  }
  return (
    <>
      <DataTable
        label={`Collections found in ${organization}`}
        columns={COLLECTIONS}
        rows={collections.data}
        keyOf={({ id }) => id}
        empty={null}
      />
      <MoreButton list={collections} />
      {versions.data?.length !== 0 && collections.data?.length !== 0 && <br />}
      <DataTable
        label={`Versions found in ${organization}`}
        columns={VERSIONS}
        rows={versions.data}
        keyOf={({ project, collection, version }) => `${project}/${collection}:${version}`}
        empty={null}
      />
      <MoreButton list={versions} />
    </>
  );
}

const COLLECTIONS: readonly Column<FoundCollection>[] = [
  {
    key: 'name',
    title: 'Collection',
    wide: true,
    cell: ({ entity, project, registry, name, type, description }) => (
      <RowLink hint={`${registry ?? project}${description === null ? '' : `: ${description}`}`}>
        <Link to="/$entity/$project/artifacts/$type/$collection" params={{ entity, project, type, collection: name }}>
          {name}
        </Link>
      </RowLink>
    ),
  },
  { key: 'type', title: 'Type', cell: ({ type }) => type },
  { key: 'tags', title: 'Tags', bare: true, cell: ({ tags }) => <Labels tags={tags} /> },
  { key: 'newest', title: 'Newest', cell: ({ newest }) => newest },
  { key: 'changed', title: 'Changed', cell: ({ updatedAt }) => <Time at={updatedAt} /> },
];

const VERSIONS: readonly Column<FoundVersion>[] = [
  {
    key: 'name',
    title: 'Version',
    wide: true,
    cell: ({ registry, ...place }) => (
      <RowLink hint={registry ?? place.project}>
        <Link to="/$entity/$project/artifacts/$type/$collection/$version" params={place}>
          {place.collection}:{place.version}
        </Link>
      </RowLink>
    ),
  },
  { key: 'type', title: 'Type', cell: ({ type }) => type },
  {
    key: 'labels',
    title: 'Aliases and tags',
    bare: true,
    cell: ({ aliases, tags }) => <Labels aliases={aliases} tags={tags} />,
  },
  { key: 'added', title: 'Added', cell: ({ addedAt }) => <Time at={addedAt} /> },
];
