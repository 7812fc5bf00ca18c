import { Button } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { type Column, DataTable } from '../../../components/data-table.tsx';
import { ErrorPanel } from '../../../components/error-panel.tsx';
import { MoreButton } from '../../../components/more-button.tsx';
import { RowLink } from '../../../components/row-link.tsx';
import { type Automation, automationsQuery } from '../api/list-automations.ts';
import { Enabled } from './enabled.tsx';

interface WatchingAutomationsProps {
  readonly entity: string;
  readonly project: string;
  readonly run: string;
}

const RUN_EVENTS = ['RUN_METRIC', 'RUN_METRIC_CHANGE', 'RUN_METRIC_ZSCORE', 'RUN_STATE'] as const;

/** The automations that watch a run, each with the way to why it did not fire. */
export function WatchingAutomations({ entity, project, run }: WatchingAutomationsProps) {
  const list = useInfiniteQuery(automationsQuery({ event: [...RUN_EVENTS] }, `${entity}/${project}`));
  if (list.error !== null && list.data === undefined) return <ErrorPanel error={list.error} retry={list.refetch} />;
  return (
    <>
      <DataTable
        label="Automations that watch this run"
        columns={columnsFor(`${entity}/${project}/${run}`)}
        rows={list.data}
        keyOf={({ id }) => id}
        empty={<p>No automation watches the runs of this project.</p>}
      />
      <MoreButton list={list} />
    </>
  );
}

const columnsFor = (about: string): readonly Column<Automation>[] => [
  {
    key: 'name',
    title: 'Automation',
    wide: true,
    cell: ({ id, name, when }) => (
      <RowLink hint={when}>
        <Link to="/automations/$id" params={{ id }}>
          {name}
        </Link>
      </RowLink>
    ),
  },
  { key: 'enabled', title: 'On', bare: true, cell: (automation) => <Enabled automation={automation} /> },
  {
    key: 'why',
    title: 'Why not?',
    bare: true,
    silent: true,
    cell: ({ id, name }) => (
      <Button
        size="xs"
        variant="default"
        aria-label={`Why not? ${name}`}
        renderRoot={(props) => <Link {...props} to="/automations/$id" params={{ id }} search={{ about }} />}
      >
        Why not?
      </Button>
    ),
  },
];
