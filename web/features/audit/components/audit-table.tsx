import { UnstyledButton } from '@mantine/core';
import type { ReactNode } from 'react';
import { type Column, DataTable } from '../../../components/data-table.tsx';
import { RowLink } from '../../../components/row-link.tsx';
import { Time } from '../../../components/time.tsx';
import type { AuditEntry } from '../api/list-audit.ts';
import styles from './audit-table.module.css';
import { deedWords } from './deed-words.ts';

interface AuditTableProps {
  readonly rows: readonly AuditEntry[] | undefined;
  /** Names of entities by id, where entries of several stand together. */
  readonly places: ReadonlyMap<string, string>;
  readonly onOpen: (id: string) => void;
  readonly empty: ReactNode;
}

/** Entries of an audit log, each leading to all that is kept of it. */
export function AuditTable({ rows, places, onOpen, empty }: AuditTableProps) {
  const columns: readonly Column<AuditEntry>[] = [
    {
      key: 'deed',
      title: 'What',
      wide: true,
      cell: ({ id, deed, subject }) => (
        <RowLink hint={`${subject.kind.replaceAll('_', ' ')} ${subject.name}`}>
          <UnstyledButton className={styles.open} onClick={() => onOpen(id)} aria-haspopup="dialog">
            {deedWords(deed)}
          </UnstyledButton>
        </RowLink>
      ),
    },
    ...(places.size === 0 ? [] : [placeColumn(places)]),
    {
      key: 'actor',
      title: 'Who',
      cell: ({ actor, reason }) => (actor.kind === 'system' ? `system: ${reason}` : actor.name),
    },
    { key: 'at', title: 'When', cell: ({ at }) => <Time at={at} /> },
  ];
  return <DataTable label="Audit log" columns={columns} rows={rows} keyOf={({ id }) => id} empty={empty} />;
}

function placeColumn(places: ReadonlyMap<string, string>): Column<AuditEntry> {
  return {
    key: 'place',
    title: 'Where',
    cell: ({ entityId }) => places.get(entityId) ?? 'a deleted team',
  };
}
