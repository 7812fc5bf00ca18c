import { Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { type Column, DataTable } from '../../../../components/data-table.tsx';
import { Time } from '../../../../components/time.tsx';
import { count } from '../../../../lib/words.ts';
import type { Backtest } from '../../api/backtest.ts';

type Firing = Backtest['firings'][number];

/** Firings that are listed before a saved automation is backtested as a whole. */
const SHOWN = 10;

/** The newest of what happened that would have fired: versions, collections, or runs that changed their state. */
export function PastFirings({ firings }: { readonly firings: readonly Firing[] }) {
  if (firings.length === 0) return null;
  const more = firings.length - SHOWN;
  return (
    <>
      <DataTable
        label="Would have fired"
        columns={COLUMNS}
        rows={firings.slice(-SHOWN).toReversed()}
        keyOf={({ event, at, subject }) => event ?? `${at} ${subject}`}
        empty={null}
      />
      {more > 0 && (
        <Text size="xs" c="dimmed">
          And {count(more, 'more')} before those.
        </Text>
      )}
    </>
  );
}

const COLUMNS: readonly Column<Firing>[] = [
  { key: 'subject', title: 'Of', wide: true, cell: (firing) => <Subject {...firing} /> },
  { key: 'words', title: 'What', cell: ({ words }) => words },
  { key: 'at', title: 'When', cell: ({ at }) => <Time at={at} /> },
];

function Subject({ subject, run }: Pick<Firing, 'subject' | 'run'>) {
  const [entity, project] = subject.split('/');
  if (run === null || entity === undefined || project === undefined) return subject;
  return (
    <Link to="/$entity/$project/runs/$run" params={{ entity, project, run }}>
      {subject}
    </Link>
  );
}
