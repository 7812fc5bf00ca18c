import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { BellOff } from 'lucide-react';
import { type Column, DataTable } from '../../../components/data-table.tsx';
import { Empty } from '../../../components/empty.tsx';
import { ErrorPanel } from '../../../components/error-panel.tsx';
import { MoreButton } from '../../../components/more-button.tsx';
import { RowLink } from '../../../components/row-link.tsx';
import { Status } from '../../../components/status.tsx';
import { Time } from '../../../components/time.tsx';
import { type Notice, noticesQuery } from '../api/alerts.ts';

/** What the admins of an entity were told of its integrations and automations. */
export function NoticeTable({ entity }: { readonly entity: string }) {
  const list = useInfiniteQuery(noticesQuery(entity));
  if (list.error !== null) return <ErrorPanel error={list.error} retry={list.refetch} />;
  const empty = (
    <Empty icon={BellOff} title="No trouble so far">
      When a webhook or channel gets nothing any more, or an automation fires too often, it is told here.
    </Empty>
  );
  return (
    <>
      <DataTable label="Notices" columns={COLUMNS} rows={list.data} keyOf={({ id }) => id} empty={empty} />
      <MoreButton list={list} />
    </>
  );
}

const TROUBLES = { disabled: 'disabled', broken: 'broken', rate_limited: 'fires too often' } as const;

const COLUMNS: readonly Column<Notice>[] = [
  {
    key: 'subject',
    title: 'About',
    wide: true,
    cell: ({ integration, automation, reason }) => (
      <RowLink hint={reason}>
        {automation === null ? (
          `${integration?.kind === 'slack' ? 'Channel' : 'Webhook'} ${integration?.name ?? ''}`
        ) : (
          <Link to="/automations/$id" params={{ id: automation.id }}>
            {automation.name}
          </Link>
        )}
      </RowLink>
    ),
  },
  {
    key: 'trouble',
    title: 'Trouble',
    bare: true,
    cell: ({ trouble }) => <Status tone={trouble === 'rate_limited' ? 'warn' : 'bad'}>{TROUBLES[trouble]}</Status>,
  },
  { key: 'at', title: 'Told', cell: ({ at }) => <Time at={at} /> },
];
