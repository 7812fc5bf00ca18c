import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { PackageOpen, SearchX } from 'lucide-react';
import { type Column, DataTable } from '../../../components/data-table.tsx';
import { Empty } from '../../../components/empty.tsx';
import { ErrorPanel } from '../../../components/error-panel.tsx';
import { MoreButton } from '../../../components/more-button.tsx';
import styles from '../../../components/text-link.module.css';
import { Time } from '../../../components/time.tsx';
import { bytesText } from '../../../lib/words.ts';
import type { ArtifactCollection } from '../api/list-collections.ts';
import { type ArtifactVersion, versionsQuery } from '../api/list-versions.ts';
import { ExecutionCount } from './execution-count.tsx';
import { Labels } from './labels.tsx';
import { SourceRun } from './source-run.tsx';

interface VersionTableProps {
  readonly entity: string;
  readonly project: string;
  readonly collection: ArtifactCollection;
  readonly search: string;
}

/** The versions of a collection. */
export function VersionTable({ entity, project, collection, search }: VersionTableProps) {
  const address = { entity, project, collection: collection.name };
  const list = useInfiniteQuery(versionsQuery(address, search));
  if (list.error !== null) return <ErrorPanel error={list.error} retry={list.refetch} />;
  return (
    <>
      <DataTable
        label={`Versions of ${collection.name}`}
        columns={columnsOf({ ...address, type: collection.type })}
        rows={list.data}
        keyOf={({ version }) => version}
        empty={search === '' ? <NoVersions kind={collection.kind} /> : <NothingFound search={search} />}
      />
      <MoreButton list={list} />
    </>
  );
}

interface Place {
  readonly entity: string;
  readonly project: string;
  readonly type: string;
  readonly collection: string;
}

function columnsOf(place: Place): Column<ArtifactVersion>[] {
  return [
    {
      key: 'version',
      title: 'Version',
      cell: ({ version }) => (
        <Link
          to="/$entity/$project/artifacts/$type/$collection/$version"
          params={{ ...place, version }}
          className={styles.link}
        >
          <b>{version}</b>
        </Link>
      ),
    },
    {
      key: 'labels',
      title: 'Aliases and tags',
      wide: true,
      bare: true,
      cell: ({ aliases, tags }) => <Labels aliases={aliases} tags={tags} />,
    },
    {
      key: 'executions',
      title: 'Executions',
      cell: ({ version, executions }) => <ExecutionCount place={{ ...place, version }} count={executions} />,
    },
    { key: 'run', title: 'Logged by', cell: ({ run, author }) => (run === null ? author : <SourceRun run={run} />) },
    { key: 'size', title: 'Size', numeric: true, cell: ({ size }) => bytesText(size) },
    { key: 'added', title: 'Added', cell: ({ addedAt }) => <Time at={addedAt} /> },
  ];
}

function NoVersions({ kind }: Pick<ArtifactCollection, 'kind'>) {
  return (
    <Empty icon={PackageOpen} title="No versions">
      {kind === 'sequence'
        ? 'A version appears here when a run logs it.'
        : 'A version appears here when it is linked from the project that it was logged to.'}
    </Empty>
  );
}

function NothingFound({ search }: { readonly search: string }) {
  return (
    <Empty icon={SearchX} title="No version matches">
      Nothing here has “{search}” in its number, its aliases or its tags.
    </Empty>
  );
}
