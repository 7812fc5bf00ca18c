import { Badge } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Zap } from 'lucide-react';
import type { ReactNode } from 'react';
import { type Column, DataTable } from '../../../components/data-table.tsx';
import { Empty } from '../../../components/empty.tsx';
import { ErrorPanel } from '../../../components/error-panel.tsx';
import { MoreButton } from '../../../components/more-button.tsx';
import { type Automation, coveringQuery } from '../api/list-automations.ts';
import { AUTOMATION_COLUMNS } from './automation-table.tsx';
import { type CollectionPlace, type Coverage, coverageOf } from './coverage.ts';

interface CollectionAutomationsProps {
  readonly place: CollectionPlace;
  /** What stands besides where there is none: the way to make one. */
  readonly create: ReactNode;
}

/** The automations that watch a collection: its own first, then those that cover it from above. */
export function CollectionAutomations({ place, create }: CollectionAutomationsProps) {
  const list = useInfiniteQuery(coveringQuery(`${place.entity}/${place.project}/${place.collection}`));
  if (list.error !== null && list.data === undefined) return <ErrorPanel error={list.error} retry={list.refetch} />;
  const nearest = (automation: Automation) => ORDER.indexOf(coverageOf(automation, place));
  return (
    <>
      <DataTable
        label={`Automations of ${place.collection}`}
        columns={columnsOf((automation) => coverageOf(automation, place))}
        rows={list.data?.toSorted((one, other) => nearest(one) - nearest(other))}
        keyOf={({ id }) => id}
        empty={<NothingWatches create={create} />}
      />
      <MoreButton list={list} />
    </>
  );
}

const FROM: Readonly<Record<Coverage, string>> = {
  collection: 'this collection',
  project: 'from project',
  registry: 'from registry',
  team: 'from team',
  personal: 'from all projects',
  organization: 'from organization',
};
const ORDER = Object.keys(FROM);

/** What covers the collection from above is changed where it belongs, not here. */
function columnsOf(coverage: (automation: Automation) => Coverage): readonly Column<Automation>[] {
  const isOwn = (each: Automation) => coverage(each) === 'collection';
  return AUTOMATION_COLUMNS.map((column): Column<Automation> => {
    switch (column.key) {
      case 'scope':
        return { ...column, bare: true, cell: (each) => <From coverage={coverage(each)} /> };
      case 'enabled':
      case 'menu':
        return { ...column, cell: (each) => column.cell(isOwn(each) ? each : { ...each, mayManage: false }) };
      default:
        return column;
    }
  });
}

function From({ coverage }: { readonly coverage: Coverage }) {
  if (coverage === 'collection') return FROM[coverage];
  return (
    <Badge variant="default" size="sm" miw="max-content">
      {FROM[coverage]}
    </Badge>
  );
}

function NothingWatches({ create }: Pick<CollectionAutomationsProps, 'create'>) {
  return (
    <Empty icon={Zap} title="Nothing watches this collection" action={create}>
      An automation sends a webhook or a Slack message when a version is added, or is given an alias or a tag.
    </Empty>
  );
}
