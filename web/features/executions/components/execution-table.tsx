import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { type Column, DataTable } from '../../../components/data-table.tsx';
import { RowLink } from '../../../components/row-link.tsx';
import { Time } from '../../../components/time.tsx';
import { eventLabel } from '../../../lib/event-label.ts';
import type { Execution } from '../api/list-executions.ts';
import { ExecutionStatus } from './execution-status.tsx';
import styles from './execution-table.module.css';
import { reasonWords } from './reason-words.ts';
import { SubjectLink } from './subject-link.tsx';

interface ExecutionTableProps {
  readonly label: string;
  readonly rows: readonly Execution[] | undefined;
  readonly empty: ReactNode;
  /** Left out where all are about the same thing. */
  readonly subjects?: boolean;
}

/** Executions, each leading to its own page. */
export function ExecutionTable({ label, rows, empty, subjects = true }: ExecutionTableProps) {
  const columns = subjects ? COLUMNS : COLUMNS.filter(({ key }) => key !== 'subject');
  return <DataTable label={label} columns={columns} rows={rows} keyOf={({ id }) => id} empty={empty} />;
}

const COLUMNS: readonly Column<Execution>[] = [
  {
    key: 'automation',
    title: 'Automation',
    wide: true,
    cell: ({ id, automation, eventType }) => (
      <RowLink hint={eventLabel(eventType)}>
        <Link to="/executions/$id" params={{ id }}>
          {automation?.name ?? 'Alert'}
        </Link>
      </RowLink>
    ),
  },
  { key: 'status', title: 'Status', bare: true, cell: (row) => <HowItStands execution={row} /> },
  { key: 'subject', title: 'About', cell: ({ subject }) => <SubjectLink subject={subject} /> },
  { key: 'author', title: 'Author', cell: ({ author }) => author },
  { key: 'created', title: 'Created', cell: ({ createdAt }) => <Time at={createdAt} /> },
  { key: 'next', title: 'Next attempt', cell: ({ nextAttemptAt: at }) => at !== null && <Time at={at} /> },
];

function HowItStands({ execution: { status, reason } }: { readonly execution: Execution }) {
  return (
    <div>
      <ExecutionStatus status={status} />
      {reason !== null && <div className={styles.reason}>{reasonWords(reason)}</div>}
    </div>
  );
}
