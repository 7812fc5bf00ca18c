import { ActionIcon, Badge, Tooltip } from '@mantine/core';
import { useQueries } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { History, Zap } from 'lucide-react';
import type { ReactNode } from 'react';
import { type Column, DataTable } from '../../../components/data-table.tsx';
import { Empty } from '../../../components/empty.tsx';
import { ErrorPanel } from '../../../components/error-panel.tsx';
import { type Automation, automationsQuery } from '../api/list-automations.ts';
import { AUTOMATION_COLUMNS } from './automation-table.tsx';
import { type CollectionPlace, type Coverage, coverageOf } from './coverage.ts';

interface CollectionAutomationsProps {
  readonly place: CollectionPlace;
  /** That the entity belongs to, where one sees it. */
  readonly organization: string | undefined;
  /** Whether one may change what watches the collection itself. */
  readonly editable: boolean;
  /** What stands besides where there is none: the way to make one. */
  readonly create: ReactNode;
}

/** The automations that watch a collection: its own first, then those that cover it from above. */
export function CollectionAutomations({ place, organization, editable, create }: CollectionAutomationsProps) {
  const owners = organization === undefined ? [place.entity] : [place.entity, organization];
  const lists = useQueries({ queries: owners.map(automationsQuery) });
  const failed = lists.find(({ error }) => error !== null);
  if (failed !== undefined) return <ErrorPanel error={failed.error} retry={failed.refetch} />;
  const covering = (['collection', ...ABOVE] as const).flatMap((coverage) =>
    lists.flatMap(({ data = [] }) => data.filter((each) => coverageOf(each, place) === coverage)),
  );
  return (
    <DataTable
      label={`Automations of ${place.collection}`}
      columns={columnsOf((automation) => coverageOf(automation, place), editable)}
      rows={lists.some(({ data }) => data === undefined) ? undefined : covering}
      keyOf={({ id }) => id}
      empty={<NothingWatches create={create} />}
    />
  );
}

/** In the order in which they are shown. */
const ABOVE = ['project', 'registry', 'team', 'personal', 'organization'] as const satisfies readonly Coverage[];

const FROM: Readonly<Record<(typeof ABOVE)[number], string>> = {
  project: 'from project',
  registry: 'from registry',
  team: 'from team',
  personal: 'from all projects',
  organization: 'from organization',
};

/** What covers the collection from above is changed where it belongs, not here. */
function columnsOf(
  coverage: (automation: Automation) => Coverage | undefined,
  editable: boolean,
): readonly Column<Automation>[] {
  const columns = AUTOMATION_COLUMNS.map((column): Column<Automation> => {
    if (column.key === 'scope') return { ...column, bare: true, cell: (each) => <From coverage={coverage(each)} /> };
    if (column.key !== 'enabled') return column;
    const isSwitch = (each: Automation) => editable && coverage(each) === 'collection';
    return { ...column, cell: (each) => (isSwitch(each) ? column.cell(each) : each.enabled ? 'on' : 'off') };
  });
  return [...columns, { key: 'history', title: 'History', bare: true, silent: true, cell: HistoryLink }];
}

function From({ coverage }: { readonly coverage: Coverage | undefined }) {
  if (coverage === undefined || coverage === 'collection') return 'this collection';
  return (
    <Badge variant="default" size="sm">
      {FROM[coverage]}
    </Badge>
  );
}

function HistoryLink({ entity, name }: Automation) {
  const label = `History of ${name}`;
  return (
    <Tooltip label={label}>
      <ActionIcon
        variant="subtle"
        color="gray"
        aria-label={label}
        renderRoot={(props) => <Link {...props} to="/automations/history" search={{ entity, automation: name }} />}
      >
        <History size={16} aria-hidden />
      </ActionIcon>
    </Tooltip>
  );
}

function NothingWatches({ create }: Pick<CollectionAutomationsProps, 'create'>) {
  return (
    <Empty icon={Zap} title="Nothing watches this collection" action={create}>
      An automation sends a webhook or a Slack message when a version is added, or is given an alias or a tag.
    </Empty>
  );
}
