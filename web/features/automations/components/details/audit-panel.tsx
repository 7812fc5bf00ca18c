import { useInfiniteQuery } from '@tanstack/react-query';
import { ScrollText } from 'lucide-react';
import { type Column, DataTable } from '../../../../components/data-table.tsx';
import { Empty } from '../../../../components/empty.tsx';
import { ErrorPanel } from '../../../../components/error-panel.tsx';
import { MoreButton } from '../../../../components/more-button.tsx';
import { Time } from '../../../../components/time.tsx';
import { type AuditEntry, auditQuery } from '../../api/automation-audit.ts';
import type { Automation } from '../../api/list-automations.ts';
import { type Change, changesBetween } from './changes.ts';
import styles from './details.module.css';

/** Who changed what of an automation, and when. */
export function AuditPanel({ automation }: { readonly automation: Automation }) {
  const list = useInfiniteQuery(auditQuery(automation));
  if (list.error !== null && list.data === undefined) return <ErrorPanel error={list.error} retry={list.refetch} />;
  const empty = (
    <Empty icon={ScrollText} title="Nothing is recorded">
      Each change of this automation stands here, with who made it.
    </Empty>
  );
  return (
    <>
      <DataTable label="Changes" columns={COLUMNS} rows={list.data} keyOf={({ id }) => id} empty={empty} />
      <MoreButton list={list} />
    </>
  );
}

/** `automation.taken_over` is “taken over”. */
const deedWords = (deed: string): string => deed.replace(/^automation\./, '').replaceAll('_', ' ');

const COLUMNS: readonly Column<AuditEntry>[] = [
  { key: 'deed', title: 'Deed', cell: ({ deed }) => deedWords(deed) },
  { key: 'at', title: 'When', cell: ({ at }) => <Time at={at} /> },
  {
    key: 'actor',
    title: 'By',
    cell: ({ actor, reason }) => (reason === null ? actor.name : `${actor.name}, ${reason}`),
  },
  { key: 'changes', title: 'Changed', wide: true, cell: (entry) => <Changes entry={entry} /> },
];

function Changes({ entry: { deed, before, after } }: { readonly entry: AuditEntry }) {
  if (deed === 'automation.created' || deed === 'automation.deleted') return null;
  return (
    <ul className={styles.changes}>
      {changesBetween(before, after).map((change) => (
        <li key={change.path}>
          <ChangeWords change={change} />
        </li>
      ))}
    </ul>
  );
}

function ChangeWords({ change: { path, before, after } }: { readonly change: Change }) {
  return (
    <>
      <span className={styles.changed}>{path}</span> {before !== undefined && <del>{before}</del>}{' '}
      {after !== undefined && <ins>{after}</ins>}
    </>
  );
}
