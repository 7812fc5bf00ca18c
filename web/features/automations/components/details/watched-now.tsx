import { Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { type Column, DataTable } from '../../../../components/data-table.tsx';
import { ErrorPanel } from '../../../../components/error-panel.tsx';
import { Section } from '../../../../components/page.tsx';
import { RowLink } from '../../../../components/row-link.tsx';
import type { Automation } from '../../api/list-automations.ts';
import { type WatchedRun, watchedNowQuery } from '../../api/watched-now.ts';
import styles from './watched-now.module.css';

/** The runs in progress that the automation watches: how full their windows are, and what was decided last. */
export function WatchedNow({ automation }: { readonly automation: Automation }) {
  const { data, error, refetch } = useQuery(watchedNowQuery(automation));
  const columns = 'metric' in automation.event ? METRIC_COLUMNS : COLUMNS;
  return (
    <Section title="Watched right now">
      {error !== null && data === undefined ? (
        <ErrorPanel error={error} retry={refetch} />
      ) : (
        <DataTable
          label="Runs in progress that it watches"
          columns={columns}
          rows={data?.runs}
          keyOf={({ entity, project, run }) => `${entity}/${project}/${run}`}
          empty={
            <Text size="sm" c="dimmed">
              No run is in progress that its scope and filter let through.
            </Text>
          }
        />
      )}
      {data?.more === true && (
        <Text size="xs" c="dimmed" mt="xs">
          The newest of them; there may be more.
        </Text>
      )}
    </Section>
  );
}

const RUN: Column<WatchedRun> = {
  key: 'run',
  title: 'Run',
  cell: ({ entity, project, run, name }) => (
    <RowLink hint={`${entity} / ${project}`}>
      <Link to="/$entity/$project/runs/$run" params={{ entity, project, run }}>
        {name}
      </Link>
    </RowLink>
  ),
};

const WHY: Column<WatchedRun> = {
  key: 'words',
  title: 'How it stands',
  wide: true,
  bare: true,
  cell: ({ words }) => <span className={styles.words}>{words}</span>,
};

const COLUMNS = [RUN, WHY];
const METRIC_COLUMNS: readonly Column<WatchedRun>[] = [
  RUN,
  { key: 'window', title: 'Window', cell: ({ window }) => window !== null && <Window {...window} /> },
  { key: 'current', title: 'Now', cell: ({ current }) => current },
  WHY,
];

function Window({ has, needs }: { readonly has: number; readonly needs: number }) {
  return (
    <span className={styles.window}>
      <meter className={styles.meter} min={0} max={needs} value={has} aria-hidden />
      {has} of {needs}
    </span>
  );
}
