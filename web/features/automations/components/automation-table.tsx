import { Tooltip } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { type Column, DataTable } from '../../../components/data-table.tsx';
import { RowLink } from '../../../components/row-link.tsx';
import type { Automation } from '../api/list-automations.ts';
import { ActionWords } from './action-words.tsx';
import { AutomationMenu } from './automation-menu.tsx';
import styles from './automation-table.module.css';
import { Enabled } from './enabled.tsx';
import { LastDay } from './last-day.tsx';
import { LastExecution } from './last-execution.tsx';
import { scopeWords } from './scope-words.ts';

interface AutomationTableProps {
  readonly rows: readonly Automation[] | undefined;
  readonly empty: ReactNode;
}

/** Automations of any scopes. */
export function AutomationTable({ rows, empty }: AutomationTableProps) {
  return (
    <DataTable label="Automations" columns={AUTOMATION_COLUMNS} rows={rows} keyOf={({ id }) => id} empty={empty} />
  );
}

export const AUTOMATION_COLUMNS: readonly Column<Automation>[] = [
  {
    key: 'name',
    title: 'Automation',
    wide: true,
    cell: (automation) => (
      <RowLink hint={automation.when}>
        <Link to="/automations/$id" params={{ id: automation.id }}>
          {automation.name}
        </Link>
        <Problem automation={automation} />
      </RowLink>
    ),
  },
  { key: 'enabled', title: 'On', bare: true, cell: (automation) => <Enabled automation={automation} /> },
  { key: 'action', title: 'Action', cell: (automation) => <ActionWords automation={automation} /> },
  {
    key: 'scope',
    title: 'Scope',
    cell: (automation) => <span className={styles.scope}>{scopeWords(automation)}</span>,
  },
  { key: 'last', title: 'Last execution', cell: (automation) => <LastExecution automation={automation} /> },
  { key: 'day', title: '24 hours', cell: (automation) => <LastDay automation={automation} /> },
  { key: 'author', title: 'Created by', cell: ({ author }) => author },
  { key: 'menu', title: 'Menu', bare: true, silent: true, cell: (row) => <AutomationMenu automation={row} /> },
];

function Problem({ automation: { problem, authorLeft } }: { readonly automation: Automation }) {
  const words = problem ?? (authorLeft ? 'its author has left; it goes on' : null);
  if (words === null) return null;
  return (
    <Tooltip label={words}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: the words are reached by keyboard too */}
      <span className={styles.problem} role="img" aria-label={words} tabIndex={0}>
        <TriangleAlert size={14} aria-hidden />
      </span>
    </Tooltip>
  );
}
