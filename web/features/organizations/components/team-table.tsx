import { Link } from '@tanstack/react-router';
import { Users } from 'lucide-react';
import { type Column, DataTable } from '../../../components/data-table.tsx';
import { Empty } from '../../../components/empty.tsx';
import { RowLink } from '../../../components/row-link.tsx';
import { Time } from '../../../components/time.tsx';
import type { Entity } from '../../../lib/api/generated.ts';

/** A team; with how many people belong to it where that is told. */
type Team = Entity & { readonly people?: number };

interface TeamTableProps {
  readonly organization: string;
  readonly teams: readonly Team[] | undefined;
}

/** The teams of an organization. */
export function TeamTable({ organization, teams }: TeamTableProps) {
  const counted = teams?.some(({ people }) => people !== undefined) === true;
  const empty = (
    <Empty icon={Users} title="No teams yet">
      A team owns projects, integrations and secrets. Who joins it joins {organization} too.
    </Empty>
  );
  return (
    <DataTable
      label={`Teams of ${organization}`}
      columns={counted ? [NAME, PEOPLE, CREATED] : [NAME, CREATED]}
      rows={teams}
      keyOf={({ id }) => id}
      empty={empty}
    />
  );
}

const NAME: Column<Team> = {
  key: 'name',
  title: 'Team',
  wide: true,
  cell: ({ name }) => (
    <RowLink>
      <Link to="/$entity" params={{ entity: name }}>
        {name}
      </Link>
    </RowLink>
  ),
};

const PEOPLE: Column<Team> = { key: 'people', title: 'People', numeric: true, cell: ({ people }) => people };

const CREATED: Column<Team> = { key: 'created', title: 'Created', cell: ({ createdAt }) => <Time at={createdAt} /> };
