import { Alert } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { ChooseAll, ChooseOne } from '../../../components/choose.tsx';
import { type Column, DataTable } from '../../../components/data-table.tsx';
import { ErrorPanel } from '../../../components/error-panel.tsx';
import { MoreButton } from '../../../components/more-button.tsx';
import { SortHeading } from '../../../components/sort-heading.tsx';
import { runColour } from '../../../lib/run-colours.ts';
import { nextSort, sortedBy } from '../../../lib/sort-order.ts';
import { type Run, type RunRowsAsked, type RunsPlace, runsQuery } from '../api/list-runs.ts';
import { USUAL_SORT } from '../api/runs-search.ts';
import { fieldWords } from './field-words.ts';
import styles from './run-table.module.css';
import { RunValue } from './run-value.tsx';

/** The runs that are chosen, and how that changes. */
export interface Choice {
  /** All are, also those that are not shown. */
  readonly chosen: ReadonlySet<string> | 'all';
  readonly onChoose: (ids: readonly string[], isChosen: boolean) => void;
}

interface RunRowsProps extends Choice {
  readonly label: string;
  readonly place: RunsPlace;
  readonly asked: RunRowsAsked;
  /** Not to be asked for yet. */
  readonly waits: boolean;
  /** Fields that hold numbers, as far as is known. */
  readonly numeric: ReadonlySet<string>;
  readonly onSort: (sort: string | undefined) => void;
  readonly empty: ReactNode;
}

/** Runs in rows, each of its own colour, which can be chosen and sorted by every column. */
export function RunRows({ label, place, asked, waits, numeric, onSort, empty, chosen, onChoose }: RunRowsProps) {
  const list = useInfiniteQuery({ ...runsQuery(place, asked), enabled: !waits });
  if (list.error !== null && list.data === undefined) return <ErrorPanel error={list.error} retry={list.refetch} />;
  const rows = list.data?.rows;
  const sort = asked.sort ?? USUAL_SORT;
  const heading = (field: string, title = fieldWords(field)) => ({
    title,
    sorted: sortedBy(sort, field),
    heading: <SortHeading title={title} sorted={sortedBy(sort, field)} onSort={() => onSort(nextSort(sort, field))} />,
  });
  const choice = { chosen, onChoose };
  const run = heading('display_name', 'Run');
  const columns: Column<Run>[] = [
    {
      ...nameColumn(place, choice),
      ...run,
      heading: <AllShown label={label} rows={rows ?? []} choice={choice} head={run.heading} />,
    },
    ...asked.columns.map((field) => ({
      key: field,
      ...heading(field),
      bare: field === 'state',
      numeric: numeric.has(field),
      cell: (run: Run) => <RunValue run={run} field={field} />,
    })),
  ];
  // what was looked at so far has no rows, and yet there may be some
  const isOpen = rows?.length === 0 && list.hasNextPage;
  return (
    <>
      <DataTable
        label={label}
        columns={columns}
        rows={rows}
        keyOf={({ id }) => id}
        empty={isOpen ? <p className={styles.note}>None among the runs that were looked at so far.</p> : empty}
      />
      {list.data?.complete === false && (
        <Alert variant="light" mt="sm" p="xs">
          Not all runs were looked at yet: a pattern takes time. Show more to go on.
        </Alert>
      )}
      <MoreButton list={list} />
    </>
  );
}

function isChosen(chosen: Choice['chosen'], id: string): boolean {
  return chosen === 'all' || chosen.has(id);
}

interface AllShownProps {
  readonly label: string;
  readonly rows: readonly Run[];
  readonly choice: Choice;
  readonly head: ReactNode;
}

function AllShown({ label, rows, choice: { chosen, onChoose }, head }: AllShownProps) {
  return (
    <span className={styles.name}>
      <ChooseAll
        of={label}
        ids={rows.map(({ id }) => id)}
        isChosen={(id) => isChosen(chosen, id)}
        onChoose={onChoose}
      />
      {head}
    </span>
  );
}

function nameColumn(
  { entity, project }: RunsPlace,
  { chosen, onChoose }: Choice,
): Pick<Column<Run>, 'key' | 'wide' | 'cell'> {
  return {
    key: 'name',
    wide: true,
    cell: ({ id, name, group, jobType }) => {
      const hint = [group, jobType].filter((word) => word !== null).join(' · ');
      return (
        <span className={styles.name}>
          <ChooseOne name={name} isChosen={isChosen(chosen, id)} onChoose={(next) => onChoose([id], next)} />
          <Dot id={id} />
          <span className={styles.names}>
            <Link
              className={styles.link ?? ''}
              to="/$entity/$project/runs/$run"
              params={{ entity, project, run: id }}
              title={name}
            >
              {name}
            </Link>
            {hint !== '' && <span className={styles.hint}>{hint}</span>}
          </span>
        </span>
      );
    },
  };
}

/** The run's colour; it says nothing that the name does not. */
function Dot({ id }: { readonly id: string }) {
  return (
    <svg className={styles.dot} viewBox="0 0 10 10" aria-hidden>
      <circle cx="5" cy="5" r="5" fill={runColour(id)} />
    </svg>
  );
}
