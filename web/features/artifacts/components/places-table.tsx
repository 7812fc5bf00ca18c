import { Link } from '@tanstack/react-router';
import { Link2 } from 'lucide-react';
import { type Column, DataTable } from '../../../components/data-table.tsx';
import { Empty } from '../../../components/empty.tsx';
import { RowLink } from '../../../components/row-link.tsx';
import type { ArtifactPlace } from '../api/get-version.ts';

interface PlacesTableProps {
  /** Where one stands, which is left out. */
  readonly here: Pick<ArtifactPlace, 'entity' | 'project' | 'collection'>;
  /** Where it was logged; `null` when that is hidden. */
  readonly source: ArtifactPlace | null;
  readonly links: readonly ArtifactPlace[];
}

type Row = ArtifactPlace & { readonly how: string };

/** Everywhere else that a version lies, as far as one may see. */
export function PlacesTable({ here, source, links }: PlacesTableProps) {
  const all: Row[] = [
    ...(source === null ? [] : [{ ...source, how: 'logged' }]),
    ...links.map((link) => ({ ...link, how: 'linked' })),
  ];
  const rows = all.filter((each) => keyOf(each) !== keyOf(here));
  const empty = (
    <Empty icon={Link2} title="Nowhere else">
      This version is linked to no registry that you see.
    </Empty>
  );
  return <DataTable label="Where else it is" columns={COLUMNS} rows={rows} keyOf={keyOf} empty={empty} />;
}

function keyOf({ entity, project, collection }: PlacesTableProps['here']): string {
  return `${entity}/${project}/${collection}`;
}

const COLUMNS: readonly Column<Row>[] = [
  {
    key: 'collection',
    title: 'Collection',
    wide: true,
    cell: ({ how, ...place }) => (
      <RowLink hint={`${place.entity} / ${place.project}`}>
        <Link to="/$entity/$project/artifacts/$type/$collection/$version" params={place}>
          {place.collection}:{place.version}
        </Link>
      </RowLink>
    ),
  },
  { key: 'how', title: 'How', bare: true, cell: ({ how }) => how },
];
