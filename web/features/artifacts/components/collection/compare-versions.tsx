import { Skeleton, Switch } from '@mantine/core';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Equal, GitCompare } from 'lucide-react';
import { useState } from 'react';
import { type Column, DataTable } from '../../../../components/data-table.tsx';
import { Empty } from '../../../../components/empty.tsx';
import { ErrorPanel } from '../../../../components/error-panel.tsx';
import { Filters } from '../../../../components/filters.tsx';
import { versionQuery } from '../../api/get-version.ts';
import { type CollectionAddress, versionsQuery } from '../../api/list-versions.ts';
import { type Difference, metadataDiff } from './metadata-diff.ts';
import { VersionChoice } from './version-choice.tsx';

interface CompareVersionsProps {
  readonly address: CollectionAddress;
  /** Numbers; without them, the newest two. */
  readonly from: string | undefined;
  readonly to: string | undefined;
  readonly onChange: (part: { readonly from?: string; readonly to?: string }) => void;
}

/** The metadata of two versions of a collection, side by side. */
export function CompareVersions({ address, onChange, ...asked }: CompareVersionsProps) {
  const { data } = useInfiniteQuery(versionsQuery(address, {}));
  const versions = data?.rows;
  const [showsAll, showAll] = useState(false);
  if (versions === undefined) return <Skeleton height={160} radius="lg" />;
  const { to = versions[0]?.version, from = versions.find(({ version }) => version !== to)?.version } = asked;
  if (from === undefined || to === undefined) {
    return (
      <Empty icon={GitCompare} title="Nothing to compare">
        The metadata of two versions stand here side by side, once there are two.
      </Empty>
    );
  }
  return (
    <>
      <Filters>
        <VersionChoice address={address} label="From" value={from} onChange={(next) => onChange({ from: next, to })} />
        <VersionChoice address={address} label="To" value={to} onChange={(next) => onChange({ from, to: next })} />
        <Switch
          label="Also what is the same"
          checked={showsAll}
          onChange={(event) => showAll(event.currentTarget.checked)}
        />
      </Filters>
      <Comparison address={address} from={from} to={to} showsAll={showsAll} />
    </>
  );
}

interface ComparisonProps {
  readonly address: CollectionAddress;
  readonly from: string;
  readonly to: string;
  readonly showsAll: boolean;
}

function Comparison({ address: { entity, project, collection }, from, to, showsAll }: ComparisonProps) {
  const before = useQuery(versionQuery(entity, project, collection, from));
  const after = useQuery(versionQuery(entity, project, collection, to));
  const error = before.error ?? after.error;
  if (error !== null)
    return <ErrorPanel error={error} retry={() => Promise.all([before.refetch(), after.refetch()])} />;
  const all = before.data && after.data && metadataDiff(before.data.metadata, after.data.metadata);
  const rows = showsAll ? all : all?.filter(({ isSame }) => !isSame);
  const empty = (
    <Empty icon={Equal} title="No difference">
      {from} and {to} have the same metadata.
    </Empty>
  );
  return (
    <DataTable
      label={`Metadata of ${from} and ${to}`}
      columns={columnsOf(from, to)}
      rows={rows}
      keyOf={({ path }) => path}
      empty={empty}
    />
  );
}

function columnsOf(from: string, to: string): Column<Difference>[] {
  return [
    { key: 'path', title: 'Path', wide: true, cell: ({ path }) => <code>{path}</code> },
    { key: 'before', title: from, cell: ({ before }) => <Value value={before} /> },
    { key: 'after', title: to, cell: ({ after, isSame }) => <Value value={after} isStrong={!isSame} /> },
  ];
}

const LONGEST = 80;

function Value({ value, isStrong = false }: { readonly value: unknown; readonly isStrong?: boolean }) {
  if (value === undefined) return '—';
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  const shown = <code>{text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text}</code>;
  return isStrong ? <b>{shown}</b> : shown;
}
