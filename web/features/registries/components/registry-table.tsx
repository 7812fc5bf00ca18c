import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Archive } from 'lucide-react';
import { type Column, DataTable } from '../../../components/data-table.tsx';
import { Empty } from '../../../components/empty.tsx';
import { ErrorPanel } from '../../../components/error-panel.tsx';
import { RowLink } from '../../../components/row-link.tsx';
import { Time } from '../../../components/time.tsx';
import { type Registry, registriesQuery } from '../api/list-registries.ts';
import { typesWords } from './types-words.ts';

/** The registries of an organization. */
export function RegistryTable({ organization }: { readonly organization: string }) {
  const { data, error, refetch } = useQuery(registriesQuery(organization));
  if (error !== null) return <ErrorPanel error={error} retry={refetch} />;
  const empty = (
    <Empty icon={Archive} title="No registries yet">
      A registry holds the versions that a whole organization relies on, linked from its teams’ projects.
    </Empty>
  );
  const label = `Registries of ${organization}`;
  return <DataTable label={label} columns={columnsOf(organization)} rows={data} keyOf={({ id }) => id} empty={empty} />;
}

function columnsOf(organization: string): Column<Registry>[] {
  return [
    {
      key: 'name',
      title: 'Registry',
      wide: true,
      cell: ({ name, description }) => (
        <RowLink hint={description}>
          <Link to="/orgs/$organization/registry/$registry" params={{ organization, registry: name }}>
            {name}
          </Link>
        </RowLink>
      ),
    },
    { key: 'types', title: 'Takes', cell: typesWords },
    {
      key: 'seen',
      title: 'Seen by',
      cell: ({ visibility }) => (visibility === 'Restricted' ? 'who is invited' : organization),
    },
    { key: 'created', title: 'Created', cell: ({ createdAt }) => <Time at={createdAt} /> },
  ];
}
