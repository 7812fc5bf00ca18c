import { Badge } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { PackageOpen } from 'lucide-react';
import { type Column, DataTable } from '../../../components/data-table.tsx';
import { Empty } from '../../../components/empty.tsx';
import { ErrorPanel } from '../../../components/error-panel.tsx';
import { ExecutionCount } from '../../../components/execution-count.tsx';
import { MoreButton } from '../../../components/more-button.tsx';
import { Section } from '../../../components/page.tsx';
import { RowLink } from '../../../components/row-link.tsx';
import { Time } from '../../../components/time.tsx';
import { bytesText } from '../../../lib/bytes.ts';
import type { RunPlace } from '../../../lib/metric-history.ts';
import { type Direction, type RunArtifact, runArtifactsQuery } from '../api/list-artifacts.ts';
import styles from './run-artifacts.module.css';

interface RunArtifactsProps {
  readonly place: RunPlace;
  /** The run goes on. */
  readonly live: boolean;
}

/** The artifact versions that a run put out, and those that it took in. */
export function RunArtifacts(props: RunArtifactsProps) {
  return (
    <div className={styles.sections}>
      <Section title="Logged" lead="Versions that this run put out.">
        <ArtifactTable {...props} direction="logged" />
      </Section>
      <Section title="Used" lead="Versions that this run took in.">
        <ArtifactTable {...props} direction="used" />
      </Section>
    </div>
  );
}

function ArtifactTable({ place, live, direction }: RunArtifactsProps & { readonly direction: Direction }) {
  const list = useInfiniteQuery(runArtifactsQuery(place, direction, live));
  if (list.error !== null) return <ErrorPanel error={list.error} retry={list.refetch} />;
  return (
    <>
      <DataTable
        label={direction === 'logged' ? 'Logged artifact versions' : 'Used artifact versions'}
        columns={columnsOf(place)}
        rows={list.data}
        keyOf={({ id, entity, project, collection }) => [id, entity, project, collection].join('/')}
        empty={<None direction={direction} />}
      />
      <MoreButton list={list} />
    </>
  );
}

const columnsOf = (place: RunPlace): readonly Column<RunArtifact>[] => [
  {
    key: 'version',
    title: 'Version',
    wide: true,
    cell: ({ entity, project, type, collection, version }) => (
      <RowLink hint={entity === place.entity && project === place.project ? undefined : `${entity} / ${project}`}>
        <Link
          to="/$entity/$project/artifacts/$type/$collection/$version"
          params={{ entity, project, type, collection, version }}
        >
          {collection}:{version}
        </Link>
      </RowLink>
    ),
  },
  { key: 'type', title: 'Type', cell: ({ type }) => type },
  {
    key: 'aliases',
    title: 'Aliases',
    bare: true,
    cell: ({ aliases }) =>
      aliases.length > 0 && (
        <span className={styles.aliases}>
          {aliases.map((alias) => (
            <Badge key={alias} variant="light" size="sm">
              {alias}
            </Badge>
          ))}
        </span>
      ),
  },
  {
    key: 'executions',
    title: 'Executions',
    cell: ({ entity, project, type, collection, version, executions }) => (
      <ExecutionCount place={{ entity, project, type, collection, version }} count={executions} />
    ),
  },
  { key: 'links', title: 'Linked to', cell: ({ links }) => <Links links={links} /> },
  { key: 'files', title: 'Files', numeric: true, cell: ({ files }) => files.toLocaleString('en') },
  { key: 'size', title: 'Size', numeric: true, cell: ({ size }) => bytesText(size) },
  { key: 'created', title: 'Logged', cell: ({ createdAt }) => <Time at={createdAt} /> },
];

function Links({ links }: Pick<RunArtifact, 'links'>) {
  return links.map((link) => (
    <Link
      key={`${link.entity}/${link.project}/${link.collection}`}
      to="/$entity/$project/artifacts/$type/$collection/$version"
      params={link}
      className={styles.link}
    >
      {link.collection}:{link.version}
    </Link>
  ));
}

function None({ direction }: { readonly direction: Direction }) {
  return direction === 'logged' ? (
    <Empty icon={PackageOpen} title="Nothing was logged">
      <code>run.log_artifact()</code> keeps files as a version that other runs can use.
    </Empty>
  ) : (
    <Empty icon={PackageOpen} title="Nothing was used">
      <code>run.use_artifact()</code> notes which version a run began with.
    </Empty>
  );
}
