import { Alert } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { PackageOpen } from 'lucide-react';
import type { ReactNode } from 'react';
import { DataTable } from '../../../../components/data-table.tsx';
import { Empty } from '../../../../components/empty.tsx';
import { ErrorPanel } from '../../../../components/error-panel.tsx';
import { MoreButton } from '../../../../components/more-button.tsx';
import { NothingFound } from '../../../../components/nothing-found.tsx';
import type { ArtifactCollection } from '../../api/list-collections.ts';
import { type VersionSort, versionsQuery } from '../../api/list-versions.ts';
import labelStyles from '../labels.module.css';
import { useChosenVersions } from './use-chosen-versions.ts';
import { type VersionRights, versionColumns } from './version-columns.tsx';
import { type VersionConditions, versionFilter } from './version-filter.ts';
import { VersionSelection } from './version-selection.tsx';

interface VersionTableProps {
  readonly entity: string;
  readonly project: string;
  readonly collection: ArtifactCollection;
  readonly conditions: VersionConditions;
  readonly sort: VersionSort | undefined;
  readonly onSort: (sort: VersionSort | undefined) => void;
  readonly rights: VersionRights;
  readonly onClear: () => void;
}

/** The versions of a collection, sorted, and deleted together where they were logged. */
export function VersionTable({
  entity,
  project,
  collection,
  conditions,
  sort,
  onSort,
  rights,
  onClear,
}: VersionTableProps) {
  const address = { entity, project, collection: collection.name };
  const filter = versionFilter(conditions);
  const list = useInfiniteQuery(versionsQuery(address, { search: conditions.search, filter, sort }));
  const choice = useChosenVersions();
  const mayDelete = rights.mayEdit && collection.kind === 'sequence';
  const isNarrowed = conditions.search !== '' || filter !== undefined;
  const rows = list.data?.rows;
  // what was looked at so far has no versions, and yet there may be some
  const isOpen = rows?.length === 0 && list.hasNextPage;
  const label = `Versions of ${collection.name}`;
  if (list.error !== null) return <ErrorPanel error={list.error} retry={list.refetch} />;
  return (
    <>
      {mayDelete && <VersionSelection address={address} chosen={choice.chosen} onClear={choice.clear} />}
      <DataTable
        label={label}
        columns={versionColumns({
          place: { ...address, type: collection.type },
          ...{ label, rows: rows ?? [], rights, sort, onSort },
          choice: mayDelete ? choice : undefined,
        })}
        rows={rows}
        keyOf={({ version }) => version}
        empty={emptyOf({ isOpen, isNarrowed, kind: collection.kind, onClear })}
      />
      {list.data?.complete === false && (
        <Alert variant="light" mt="sm" p="xs">
          Not all versions were looked at yet: these conditions take time. Show more to go on.
        </Alert>
      )}
      <MoreButton list={list} />
    </>
  );
}

interface NoRows extends Pick<ArtifactCollection, 'kind'>, Pick<VersionTableProps, 'onClear'> {
  readonly isOpen: boolean;
  readonly isNarrowed: boolean;
}

function emptyOf({ isOpen, isNarrowed, kind, onClear }: NoRows): ReactNode {
  if (isOpen) return <p className={labelStyles.note}>None among the versions that were looked at so far.</p>;
  if (isNarrowed) return <NoneMatches onClear={onClear} />;
  return (
    <Empty icon={PackageOpen} title="No versions">
      {kind === 'sequence'
        ? 'A version appears here when a run logs it.'
        : 'A version appears here when it is linked from the project that it was logged to.'}
    </Empty>
  );
}

function NoneMatches({ onClear }: Pick<VersionTableProps, 'onClear'>) {
  return (
    <NothingFound title="No version matches" clear={onClear}>
      The search looks at numbers, aliases and tags; the other conditions at what a version has exactly.
    </NothingFound>
  );
}
