import { type Column, DataTable } from '../../../components/data-table.tsx';
import type { Setting } from '../api/get-server.ts';
import styles from './setting-table.module.css';

/** Settings of the start: what each is, and what changes it. */
export function SettingTable({ label, settings }: { readonly label: string; readonly settings: readonly Setting[] }) {
  return <DataTable label={label} columns={COLUMNS} rows={settings} keyOf={({ variable }) => variable} empty={null} />;
}

const SOURCES = { flag: 'flag', variable: 'variable', file: 'configuration file', default: 'default' } as const;

const COLUMNS: readonly Column<Setting>[] = [
  {
    key: 'name',
    title: 'Setting',
    wide: true,
    cell: ({ flag, variable, description }) => (
      <div className={styles.name}>
        <div className={styles.names}>
          {flag !== null && <code>{flag}</code>}
          <code>{variable}</code>
        </div>
        <div className={styles.hint}>{description}</div>
      </div>
    ),
  },
  { key: 'value', title: 'Value', bare: true, cell: (setting) => <Value setting={setting} /> },
  { key: 'source', title: 'From', cell: ({ source }) => source !== null && SOURCES[source] },
];

function Value({ setting: { value, source, secret } }: { readonly setting: Setting }) {
  if (value !== null && value !== '') return <code className={styles.value}>{value}</code>;
  const words = source === null ? 'not set' : secret ? 'set, never shown' : 'none';
  return <span className={styles.unset}>{words}</span>;
}
