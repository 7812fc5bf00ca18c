import { Link } from '@tanstack/react-router';
import { HardDrive } from 'lucide-react';
import { type Column, DataTable } from '../../../../components/data-table.tsx';
import { Empty } from '../../../../components/empty.tsx';
import styles from '../../../../components/text-link.module.css';
import { bytesText } from '../../../../lib/bytes.ts';
import type { EntitySpace } from '../../api/get-space.ts';

type ProjectSpace = EntitySpace['projects'][number];
type CollectionSpace = EntitySpace['collections'][number];

interface SpaceTableProps {
  readonly entity: string;
  /** `undefined` while it is loaded. */
  readonly space: EntitySpace | undefined;
}

/** What each project stores, the largest first. */
export function ProjectSpaceTable({ entity, space }: SpaceTableProps) {
  return (
    <DataTable
      label="What projects store"
      columns={projectColumns(entity)}
      rows={space?.projects}
      keyOf={({ project }) => project}
      empty={
        <Empty icon={HardDrive} title="Nothing is stored yet">
          Files that runs save and versions of artifacts are counted here, project by project.
        </Empty>
      }
    />
  );
}

function projectColumns(entity: string): readonly Column<ProjectSpace>[] {
  return [
    {
      key: 'project',
      title: 'Project',
      wide: true,
      cell: ({ project }) => (
        <Link to="/$entity/$project" params={{ entity, project }} className={styles.link}>
          {project}
        </Link>
      ),
    },
    {
      key: 'artifacts',
      title: 'Artifacts',
      numeric: true,
      cell: ({ project, artifacts }) => (
        <Link to="/$entity/$project/artifacts" params={{ entity, project }} className={styles.link}>
          {bytesText(artifacts.bytes)}
        </Link>
      ),
    },
    { key: 'runs', title: 'Files of runs', numeric: true, cell: ({ runs }) => bytesText(runs.bytes) },
    {
      key: 'files',
      title: 'Files',
      numeric: true,
      cell: ({ runs, artifacts }) => (runs.files + artifacts.files).toLocaleString('en'),
    },
    {
      key: 'all',
      title: 'Together',
      numeric: true,
      cell: ({ runs, artifacts }) => bytesText(runs.bytes + artifacts.bytes),
    },
  ];
}

/** The collections that store most; their pages are where versions are deleted and given a time to live. */
export function CollectionSpaceTable({ entity, space }: SpaceTableProps) {
  return (
    <DataTable
      label="Largest collections"
      columns={collectionColumns(entity)}
      rows={space?.collections}
      keyOf={({ project, collection }) => `${project}/${collection}`}
      empty={null}
    />
  );
}

function collectionColumns(entity: string): readonly Column<CollectionSpace>[] {
  return [
    {
      key: 'collection',
      title: 'Collection',
      wide: true,
      cell: ({ project, type, collection }) => (
        <Link
          to="/$entity/$project/artifacts/$type/$collection"
          params={{ entity, project, type, collection }}
          className={styles.link}
        >
          {collection}
        </Link>
      ),
    },
    { key: 'type', title: 'Type', cell: ({ type }) => type },
    { key: 'project', title: 'Project', cell: ({ project }) => project },
    { key: 'versions', title: 'Versions', numeric: true, cell: ({ versions }) => versions.toLocaleString('en') },
    { key: 'bytes', title: 'Size', numeric: true, cell: ({ bytes }) => bytesText(bytes) },
  ];
}
