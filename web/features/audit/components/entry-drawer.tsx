import { Drawer, Stack, Text } from '@mantine/core';
import { type Column, DataTable } from '../../../components/data-table.tsx';
import { Facts } from '../../../components/facts.tsx';
import { Time } from '../../../components/time.tsx';
import type { AuditEntry } from '../api/list-audit.ts';
import { type Change, changesOf } from './changes.ts';
import { deedWords } from './deed-words.ts';
import styles from './entry-drawer.module.css';
import { originFacts } from './origin-facts.ts';

interface EntryDrawerProps {
  readonly entry: AuditEntry | undefined;
  readonly onClose: () => void;
}

/** All that is kept of a change. */
export function EntryDrawer({ entry, onClose }: EntryDrawerProps) {
  return (
    <Drawer
      opened={entry !== undefined}
      onClose={onClose}
      position="right"
      size="xl"
      title={entry === undefined ? '' : deedWords(entry.deed)}
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      {entry !== undefined && <Entry entry={entry} />}
    </Drawer>
  );
}

function Entry({ entry }: { readonly entry: AuditEntry }) {
  const { at, actor, reason, origin, subject, before, after, number, hash } = entry;
  return (
    <Stack>
      <Facts
        facts={[
          ['Of', `${subject.kind.replaceAll('_', ' ')} ${subject.name}`],
          ['Id', subject.id],
          ['Who', actor.kind === 'system' ? `system: ${reason}` : actor.name],
          ['When', <Time key="at" at={at} />],
          ...originFacts(origin),
        ]}
      />
      <DataTable
        label="Before and after"
        columns={COLUMNS}
        rows={changesOf(before, after)}
        keyOf={({ path }) => path}
        empty={<Text c="dimmed">Nothing is kept of what was and what is: the deed says it all.</Text>}
      />
      <Text size="xs" c="dimmed" className={styles.chain}>
        {number === null ? 'To be sealed within a second.' : `Entry ${number} of its chain, SHA-256 ${hash}`}
      </Text>
    </Stack>
  );
}

const value = (text: string | undefined) =>
  text === undefined ? <span className={styles.none}>–</span> : <span className={styles.value}>{text}</span>;

const COLUMNS: readonly Column<Change>[] = [
  { key: 'field', title: 'Field', cell: ({ path }) => <code>{path || 'value'}</code> },
  { key: 'before', title: 'Before', cell: ({ before }) => value(before) },
  { key: 'after', title: 'After', cell: ({ after }) => value(after) },
];
