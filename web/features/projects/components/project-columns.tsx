import { Link } from '@tanstack/react-router';
import type { Column } from '../../../components/data-table.tsx';
import { EntityMark } from '../../../components/entity-mark.tsx';
import { RowLink } from '../../../components/row-link.tsx';
import { Time } from '../../../components/time.tsx';
import type { Project } from '../../../lib/api/generated.ts';
import styles from './project-columns.module.css';

const VISIBILITY = {
  Open: 'open to write',
  Public: 'everybody',
  Team: 'the team',
  Restricted: 'who is invited',
} as const;

const name: Column<Project> = {
  key: 'name',
  title: 'Project',
  wide: true,
  cell: ({ entity, name: project, description }) => (
    <RowLink hint={description}>
      <Link to="/$entity/$project" params={{ entity, project }}>
        {project}
      </Link>
    </RowLink>
  ),
};

const owner: Column<Project> = {
  key: 'owner',
  title: 'Owner',
  bare: true,
  cell: ({ entity }) => (
    <Link to="/$entity" params={{ entity }} className={styles.owner}>
      <EntityMark name={entity} />
      {entity}
    </Link>
  ),
};

const visibility: Column<Project> = {
  key: 'visibility',
  title: 'Seen by',
  cell: (project) => VISIBILITY[project.visibility],
};

const created: Column<Project> = {
  key: 'created',
  title: 'Created',
  cell: ({ createdAt }) => <Time at={createdAt} />,
};

/** Of projects of one owner, and of several. */
export const PROJECT_COLUMNS = [name, visibility, created];
export const OWNED_PROJECT_COLUMNS = [name, owner, visibility, created];
