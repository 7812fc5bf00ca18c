import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { PackageOpen } from 'lucide-react';
import { type Column, DataTable } from '../../../components/data-table.tsx';
import { Empty } from '../../../components/empty.tsx';
import { ErrorPanel } from '../../../components/error-panel.tsx';
import { LabelEditor } from '../../../components/label-editor.tsx';
import { MoreButton } from '../../../components/more-button.tsx';
import { NothingFound } from '../../../components/nothing-found.tsx';
import styles from '../../../components/text-link.module.css';
import { Time } from '../../../components/time.tsx';
import { bytesText } from '../../../lib/bytes.ts';
import type { ArtifactCollection } from '../api/list-collections.ts';
import { type ArtifactVersion, versionsQuery } from '../api/list-versions.ts';
import { useAliases } from '../api/version-labels.ts';
import { type VersionConditions, versionFilter } from './collection/version-filter.ts';
import { ExecutionCount } from './execution-count.tsx';
import labelStyles from './labels.module.css';
import { Labels } from './labels.tsx';
import { SourceRun } from './source-run.tsx';

interface VersionTableProps {
  readonly entity: string;
  readonly project: string;
  readonly collection: ArtifactCollection;
  readonly conditions: VersionConditions;
  /** Whether the viewer may give and take aliases here, and which they may not. */
  readonly rights: { readonly mayEdit: boolean; readonly locked: ReadonlySet<string> };
  readonly onClear: () => void;
}

/** The versions of a collection. */
export function VersionTable({ entity, project, collection, conditions, rights, onClear }: VersionTableProps) {
  const address = { entity, project, collection: collection.name };
  const filter = versionFilter(conditions);
  const list = useInfiniteQuery(versionsQuery(address, conditions.search, filter));
  const isNarrowed = conditions.search !== '' || filter !== undefined;

  if (list.error !== null) return <ErrorPanel error={list.error} retry={list.refetch} />;
  return (
    <>
      <DataTable
        label={`Versions of ${collection.name}`}
        columns={columnsOf({ ...address, type: collection.type }, rights)}
        rows={list.data}
        keyOf={({ version }) => version}
        empty={isNarrowed ? <NoneMatches onClear={onClear} /> : <NoVersions kind={collection.kind} />}
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

function columnsOf(place: Place, rights: VersionTableProps['rights']): Column<ArtifactVersion>[] {
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
      cell: (version) => <VersionLabels place={place} version={version} rights={rights} />,
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

function NoneMatches({ onClear }: { readonly onClear: () => void }) {
  return (
    <NothingFound title="No version matches" clear={onClear}>
      The search looks at numbers, aliases and tags; the other conditions at what a version has exactly.
    </NothingFound>
  );
}

interface VersionLabelsProps {
  readonly place: Place;
  readonly version: ArtifactVersion;
  readonly rights: VersionTableProps['rights'];
}

/** Aliases are given and taken where they stand; tags belong to the version wherever it lies: they are changed there. */
function VersionLabels({ place, version: { version, aliases, tags }, rights }: VersionLabelsProps) {
  const { entity, project, collection } = place;
  const change = useAliases({ entity, project, collection, version });
  return (
    <span className={labelStyles.labels}>
      <LabelEditor noun="alias" of={version} labels={aliases} change={change} {...rights} />
      <Labels tags={tags} />
    </span>
  );
}
